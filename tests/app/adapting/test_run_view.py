"""The running view: what it says and offers in each state, live without ever getting in the way."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.adapting.job_story import JobStory
from app.adapting.run_view import RunView
from app.session.background import Background
from core.jobs.events import Failed
from core.jobs.status import JobState, JobStatus
from tests.app.adapting.drawn import face, told, told_with_pictures, trained


@pytest.fixture
def view(qtbot: QtBot, background: Background) -> RunView:
    made = RunView(background)
    qtbot.addWidget(made)
    made.resize(960, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def offered(view: RunView) -> set[str]:
    """The words of the buttons that can be pressed."""
    buttons = view.head.findChildren(QPushButton)
    return {one.text().strip() for one in buttons if one.isVisible() and one.isEnabled()}


ALWAYS = {"Show in folder", "Cancel and discard…"}


@pytest.mark.parametrize(
    ("state", "step", "buttons"),
    [
        (JobState.QUEUED, 0, ALWAYS),
        (JobState.RUNNING, 0, ALWAYS | {"Pause"}),
        (JobState.RUNNING, 340, ALWAYS | {"Pause", "Stop and keep the best"}),
        (JobState.RUNNING, 1200, ALWAYS | {"Pause"}),
        (JobState.STOPPING, 340, ALWAYS),
        (JobState.STOPPED, 340, ALWAYS | {"Go on"}),
        (JobState.INTERRUPTED, 340, ALWAYS | {"Go on", "Details…"}),
        (JobState.FAILED, 340, ALWAYS | {"Go on", "Copy details", "Details…"}),
        (JobState.DONE, 1200, {"Show in folder"}),
    ],
)
def test_buttons_follow_the_state(view: RunView, tmp_path: Path, state, step, buttons):
    view.show_job(face(tmp_path), told(step, state=state, every=20))
    assert offered(view) == buttons


def test_who_asked_to_end_it_early_cannot_ask_twice(view: RunView, tmp_path: Path):
    story = told(340)
    view.show_job(face(tmp_path), story)
    story.is_finishing = True
    view.show_story(story)
    assert "Stop and keep the best" not in offered(view)
    assert view.head.said.text().startswith("Ending early")


def test_buttons_say_what_is_wanted(view: RunView, tmp_path: Path, qtbot: QtBot):
    head = view.head
    view.show_job(face(tmp_path), told(340))
    for button, signal in (
        (head.pause_button, view.pause_wanted),
        (head.finish_button, view.finish_wanted),
        (head.discard_button, view.discard_wanted),
        (head.folder_button, view.folder_wanted),
    ):
        with qtbot.waitSignal(signal, timeout=500):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    view.show_story(told(340, state=JobState.INTERRUPTED))
    with qtbot.waitSignal(view.resume_wanted, timeout=500):
        head.resume_button.setFocus()
        QTest.keyClick(head.resume_button, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.details_wanted, timeout=500):
        QTest.mouseClick(head.details_button, Qt.MouseButton.LeftButton)


def test_a_failure_is_one_sentence_and_details_to_copy(view: RunView, tmp_path: Path):
    story = told(340)
    story.hear(Failed(reason="The disk is full; make room and go on.", details="Traceback: 1"))
    story.see(JobStatus(state=JobState.FAILED))
    view.show_job(face(tmp_path), story)
    assert view.head.said.text() == "The disk is full; make room and go on."
    QTest.mouseClick(view.head.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Traceback: 1"
    assert view.head.copy_button.text() == "Copied"


def test_it_says_how_far_it_is(view: RunView, tmp_path: Path):
    view.show_job(face(tmp_path), told(340))
    assert view.head.big.text() == "Step 340 of 1,200, about 47 min left"
    assert view.head.title.toolTip() == "Adapting to 8 recordings"
    assert view.head.about.toolTip() == "Recommended · from MoveNet Thunder"
    assert view.head.bar.value() == round(1000 * 340 / 1200)
    assert view.curves.isVisible()


def test_the_notice_of_staying_awake(view: RunView, tmp_path: Path):
    view.show_job(face(tmp_path), told(340))
    assert not view.head.awake.isVisible()
    view.show_awake(True)
    assert view.head.awake.isVisible()
    assert "kept awake" in view.head.awake.text()
    view.show_awake(False)
    assert "may fall asleep" in view.head.awake.text()
    view.show_story(told(340, state=JobState.STOPPED))
    assert not view.head.awake.isVisible()


def test_before_anything_is_known_there_are_no_empty_plots(view: RunView, tmp_path: Path):
    view.show_job(face(tmp_path), told(0, state=JobState.QUEUED))
    assert not view.curves.isVisible()
    assert not view.preview.isVisible()


def test_pictures_of_the_job_come_in(view: RunView, tmp_path: Path, qtbot: QtBot):
    view.show_job(face(tmp_path), told_with_pictures(tmp_path, 200))
    qtbot.waitUntil(lambda: not view.preview.now.image.isNull())
    assert view.preview.step == 200


def test_it_looks_three_times_a_second_and_at_once_on_a_new_state(
    view: RunView, tmp_path: Path, qtbot: QtBot
):
    story = told(100)
    view.show_job(face(tmp_path), story)
    story.hear(trained(105))
    view.show_story(story)
    assert view.head.big.text().startswith("Step 100 ")
    qtbot.waitUntil(lambda: view.head.big.text().startswith("Step 105 "), timeout=2000)
    story.hear(trained(110))
    story.see(JobStatus(state=JobState.STOPPED))
    view.show_story(story)
    assert view.head.big.text() == "Step 110 of 1,200"


def test_out_of_sight_it_does_nothing_and_catches_up(view: RunView, tmp_path: Path):
    story = told(100)
    view.show_job(face(tmp_path), story)
    view.hide()
    story.hear(trained(600))
    view.show_story(story)
    assert view.head.big.text().startswith("Step 100 ")
    view.show()
    assert view.head.big.text().startswith("Step 600 ")


def test_a_hundred_thousand_events_in_pages_are_all_told_and_few_are_kept(
    view: RunView, tmp_path: Path, qtbot: QtBot
):
    story, page, total = JobStory(), 400, 100_000
    story.see(JobStatus(state=JobState.RUNNING, activity="Training"))
    view.show_job(face(tmp_path), story)
    example = trained(1, total)

    def feed() -> None:
        for step in range(story.step + 1, min(story.step + page, total) + 1):
            story.hear(example.model_copy(update={"step": step}))
        view.show_story(story)

    timer = QTimer(interval=0)
    timer.timeout.connect(feed)
    timer.start()
    qtbot.waitUntil(lambda: story.step >= total, timeout=60_000)
    timer.stop()
    assert len(story.losses["source"].points()) <= 2000
    assert story.losses["source"].newest is not None
    assert story.losses["source"].newest.step == total


@pytest.mark.parametrize("size", [QSize(960, 600), QSize(1440, 900), QSize(640, 480)])
def test_nothing_is_wider_than_the_window(view: RunView, tmp_path: Path, qtbot: QtBot, size):
    view.resize(size)
    view.show_job(face(tmp_path), told_with_pictures(tmp_path, 100))
    qtbot.waitUntil(lambda: view.preview.strip.count() == 6)
    for part in (view.head.discard_button, view.curves.losses, view.preview.outline):
        right = part.mapTo(view, part.rect().topRight()).x()
        assert 0 <= right <= size.width()
