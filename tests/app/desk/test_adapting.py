"""The station in the window: what it asks of a job, and what it shows of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.jobs.events import Failed, Finished
from core.jobs.requests import AdaptRequest, SurveyRequest
from core.jobs.status import JobState, JobStatus
from core.jobs.survey_report import SURVEY_FILE, SurveyedRecording, SurveyReport
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.models.model_folder import write_model_folder
from tests.app.desk.adapting import choose, end, order, tell
from tests.app.windows import Studio, StudioMaker


def test_what_is_ordered_is_what_was_chosen(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    job = order(studio, qtbot, clip)
    request = job.request
    assert isinstance(request, AdaptRequest)
    recording = studio.session.recordings()[0]
    (footage,) = request.footage
    assert (footage.id, footage.recording) == (recording.id, recording.path)
    assert footage.fingerprint == recording.fingerprint
    assert (request.base, request.recipe) == (DEFAULT_POSE_MODEL, "recommended")
    assert studio.session.study is not None
    assert request.study == studio.session.study.path


def test_the_page_follows_the_job(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    job = order(studio, qtbot, clip)
    tell(studio, job, 1, 2, 3)
    run = studio.desk.station.run
    qtbot.waitUntil(lambda: "Step 3 of 8" in run.head.big.text())
    assert "kept awake" in run.head.awake.text()
    qtbot.mouseClick(run.head.pause_button, Qt.MouseButton.LeftButton)
    assert job.is_asked_to_stop()
    job.write_status(JobStatus(state=JobState.STOPPED, done=3, total=8))
    qtbot.waitUntil(run.head.resume_button.isVisible)
    qtbot.mouseClick(run.head.resume_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(studio.workers.started) == 2)
    assert not job.is_asked_to_stop()
    tell(studio, job, 4)
    qtbot.waitUntil(lambda: "Step 4 of 8" in run.head.big.text())
    qtbot.mouseClick(run.head.finish_button, Qt.MouseButton.LeftButton)
    assert job.is_asked_to_finish()


def test_it_goes_on_without_the_window_and_the_next_one_takes_it_over(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path
) -> None:
    first = open_studio()
    job = order(first, qtbot, clip)
    tell(first, job, 1, 2)
    first.window.close()
    tell(first, job, 3)
    again = open_studio()
    qtbot.waitUntil(lambda: any(j.kind == "adapt" for j in again.desk.watcher.jobs()))
    (summary,) = again.desk.watcher.jobs()
    qtbot.waitUntil(lambda: again.desk.watcher.jobs()[0].state is JobState.RUNNING)
    card = again.window.jobs.card(summary.key)
    qtbot.mouseClick(card.show_button, Qt.MouseButton.LeftButton)
    run = again.desk.station.run
    qtbot.waitUntil(lambda: "Step 3 of 8" in run.head.big.text())
    assert again.workers.started == [job]  # it was not begun a second time


def test_discarding_asks_and_then_deletes_everything(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    job = order(studio, qtbot, clip)
    tell(studio, job, 1)
    head = studio.desk.station.run.head
    studio.ask.answers.append(False)
    qtbot.mouseClick(head.discard_button, Qt.MouseButton.LeftButton)
    assert job.path.exists()
    studio.ask.answers.append(True)
    qtbot.mouseClick(head.discard_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not job.path.exists())
    assert not studio.desk.station.isVisible()
    assert studio.desk.watcher.jobs() == []


def test_a_failure_is_told_with_a_way_on(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    job = order(studio, qtbot, clip)
    studio.workers.fail(job, "The disk is full; make room, then resume.")
    head = studio.desk.station.run.head
    qtbot.waitUntil(lambda: "disk is full" in head.said.text())
    assert head.resume_button.isVisible()
    assert isinstance(job.events().events[-1], Failed)


def test_one_adaptation_waits_for_the_other(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    first = order(studio, qtbot, clip)
    tell(studio, first, 1)
    studio.desk.adapting.choose()
    qtbot.mouseClick(studio.desk.station.choose.adapt_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(studio.desk.watcher.jobs()) == 2)
    qtbot.wait(700)  # two looks of the watcher
    assert studio.workers.started == [first]
    end(first)
    qtbot.waitUntil(lambda: len(studio.workers.started) == 2)


def test_a_survey_is_shown_and_thrown_away_when_the_page_is_left(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    choose(studio, qtbot, clip)
    page = studio.desk.station.choose
    qtbot.mouseClick(page.survey.look_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    job = studio.workers.started[-1]
    assert isinstance(job.request, SurveyRequest)
    seen = SurveyedRecording(id=1, name="crawl", frames=40, looked_at=18, usable=12)
    report = SurveyReport(recordings=(seen,), free_bytes=10**9)
    (job.path / SURVEY_FILE).write_text(report.model_dump_json())
    job.event_log.append(Finished())
    job.write_status(JobStatus(state=JobState.DONE))
    qtbot.waitUntil(lambda: "12 can be learnt from" in page.survey.said.text())
    qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    assert studio.desk.view.isVisible()
    qtbot.waitUntil(lambda: not job.path.exists())


def test_keys_of_the_stage_are_off_while_the_station_is_in_front(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    choose(studio, qtbot, clip)
    actions = studio.window.menus.actions
    assert not actions["play"].isEnabled()
    assert not actions["next"].isEnabled()
    assert actions["export"].isEnabled()
    qtbot.mouseClick(studio.desk.station.back_button, Qt.MouseButton.LeftButton)
    assert actions["play"].isEnabled()
    assert studio.desk.view.isVisible()


@pytest.mark.parametrize("way", ["list", "study"])
def test_turning_to_something_else_leaves_the_station(
    studio: Studio, qtbot: QtBot, clip: Path, tmp_path: Path, way: str
) -> None:
    choose(studio, qtbot, clip)
    if way == "list":
        qtbot.waitUntil(lambda: len(studio.window.recordings.rows()) == 1)
        index = studio.window.recordings.list.model().index(0, 0)
        rectangle = studio.window.recordings.list.visualRect(index)
        viewport = studio.window.recordings.list.viewport()
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=rectangle.center())
    else:
        studio.session.create_study(tmp_path / "other.shift")
    assert not studio.desk.station.isVisible()


def test_a_survey_that_died_says_so(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    choose(studio, qtbot, clip)
    page = studio.desk.station.choose
    qtbot.mouseClick(page.survey.look_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    studio.workers.die(studio.workers.started[-1])
    qtbot.waitUntil(lambda: page.survey.said.text() == "The look ended early; look again.")
    assert page.survey.look_button.isVisible()


def test_the_newest_adaptation_is_shown_from_the_menu(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    order(studio, qtbot, clip)
    studio.desk.adapting.leave()
    studio.trigger("show_adaptation")
    assert studio.desk.station.page is studio.desk.station.run


def test_a_look_at_a_recording_does_not_lose_the_choice(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    choose(studio, qtbot, clip)
    page = studio.desk.station.choose
    page.recordings.model.set_stretch(0, (3, 30))
    page.base.setCurrentIndex(page.base.findData("movenet_thunder"))
    chosen = page.chosen
    studio.desk.adapting.leave()
    assert not page.isVisible()
    studio.trigger("adapt")
    assert page.isVisible()
    assert page.chosen == chosen
    qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    studio.trigger("adapt")
    assert page.chosen.base == DEFAULT_POSE_MODEL
    assert page.chosen.recordings[0].stretches == ()


def test_a_kept_choice_of_a_model_that_is_gone_falls_back_to_the_study_s_own(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    library = ModelLibrary.standard()
    card = library.find(DEFAULT_POSE_MODEL).card.model_copy(update={"name": "ward"})
    write_model_folder(library.new_folder("ward"), card, b"weights")
    choose(studio, qtbot, clip)
    page = studio.desk.station.choose
    page.base.setCurrentIndex(page.base.findData("ward"))
    studio.desk.adapting.leave()
    library.trash("ward")
    studio.trigger("adapt")
    assert page.chosen.base == DEFAULT_POSE_MODEL
