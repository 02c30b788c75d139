"""A night on which everything goes wrong once, seen in the window that began it."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.adapting.station import Station
from app.main_window import MainWindow
from core.jobs.events import Trained
from core.jobs.folder import JobFolder
from core.jobs.launch import launch
from tests.core.jobs.adapting import write_cut
from tests.e2e.adapting_by_hand import PATIENCE, type_recipe

TINY = (
    "steps=3", "batch=2", "frames=12", "teacher_views=1", "save_every=1", "choice=last",
    "held_out=0", "pictures_every=0", "log_every=1",
)  # fmt: skip


@pytest.fixture
def start_job() -> Callable[[JobFolder], None]:
    """The first three workers are unlucky ones."""
    troubles = ["no-room", "lost-card", "killed"]

    def start(folder: JobFolder) -> None:
        if folder.is_alive():  # asked again before its worker has said that it runs
            return
        trouble = troubles.pop(0) if troubles else "none"
        launch(folder, [sys.executable, "-m", "tests.e2e.unlucky_worker", trouble])

    return start


@pytest.mark.timeout(600)
def test_each_fault_is_a_sentence_and_it_goes_on(
    window: MainWindow, qtbot: QtBot, demo_recording: Path, tmp_path: Path
) -> None:
    cut, away = write_cut(demo_recording, tmp_path / "first steps.mp4"), tmp_path / "unplugged.mp4"
    _order(window, qtbot, cut)
    station = window.desk.station

    _wait_until_said(station, qtbot, "Make room there, then resume.")
    _go_on(station, qtbot)
    _wait_until_said(station, qtbot, "The graphics card stopped working")
    _go_on(station, qtbot)
    _wait_until_said(station, qtbot, "Interrupted at step 2 of 3")
    shutil.move(cut, away)
    _go_on(station, qtbot)
    _wait_until_said(station, qtbot, "first steps.mp4")
    shutil.move(away, cut)
    _go_on(station, qtbot)

    qtbot.waitUntil(lambda: station.page is station.verdict, timeout=PATIENCE)
    qtbot.waitUntil(station.verdict.decision.isVisible)
    (job,) = window.desk.watcher.jobs()
    folder = window.desk.watcher.folder(job.key)
    events = JobFolder(folder).events().events
    told = [event.step for event in events if isinstance(event, Trained)]
    assert told.count(1) == 1  # what was saved before the first fault was not done again
    assert told[-1] == 3
    assert not list(folder.rglob("*.part*"))


def _order(window: MainWindow, qtbot: QtBot, recording: Path) -> None:
    window.desk.preferences.predict_on_open = False
    window.desk.files.take([recording])
    qtbot.waitUntil(lambda: window.desk.session.info is not None)
    QTest.keyClick(window.desk.view, Qt.Key.Key_A, _CTRL_SHIFT)
    type_recipe(window, qtbot, TINY)
    qtbot.mouseClick(window.desk.station.choose.adapt_button, Qt.MouseButton.LeftButton)


def _wait_until_said(station: Station, qtbot: QtBot, text: str) -> None:
    head = station.run.head
    qtbot.waitUntil(lambda: text in head.said.text(), timeout=PATIENCE)
    assert head.resume_button.isVisible()
    assert station.page is station.run


def _go_on(station: Station, qtbot: QtBot) -> None:
    head = station.run.head
    qtbot.mouseClick(head.resume_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not head.resume_button.isVisible())


_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
