"""Background jobs as the window follows them."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.panels.jobs_panel import sentence
from core.errors import JobFailed
from core.jobs.folder import list_jobs
from core.jobs.requests import PredictRequest
from core.jobs.status import JobState
from tests.app.opened import FRAMES, made_track, write_clip
from tests.app.windows import Studio, StudioMaker, predict_all, show_recording, take


def test_opening_a_recording_starts_its_prediction(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: len(studio.workers.started) == 1)
    request = studio.workers.started[0].request
    assert isinstance(request, PredictRequest)
    assert (request.recording, request.model) == (clip, "infant_pose")
    assert request.segmentation


def test_opening_predicts_nothing_when_the_user_does_not_want_it(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    studio.trigger("auto")
    show_recording(studio, qtbot, clip)
    assert not studio.desk.watcher.jobs()
    studio.trigger("predict")
    assert len(studio.desk.watcher.jobs()) == 1


def test_first_poses_are_shown_while_the_job_runs(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    studio.workers.predict(studio.workers.started[0], made_track(), until=16)
    qtbot.waitUntil(lambda: studio.session.predicted_frames == 16)
    qtbot.waitUntil(lambda: studio.desk.watcher.jobs()[0].fraction == 16 / FRAMES)
    job = studio.desk.watcher.jobs()[0]
    assert job.state is JobState.RUNNING
    assert sentence(job).startswith("40 %")


def test_a_finished_prediction_is_complete_in_the_study_and_its_folder_is_gone(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    predict_all(studio, qtbot, made_track())
    study, recording = studio.session.study, studio.session.recording
    assert study is not None
    assert recording is not None
    info = study.current_prediction(recording.id)
    assert info is not None
    assert (info.complete, info.frames, info.model_name) == (True, FRAMES, "made")
    qtbot.waitUntil(lambda: not list_jobs(studio.home / "jobs"))


def test_predictions_wait_for_each_other(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    clips = [write_clip(tmp_path / f"{name}.mp4", 40) for name in "ab"]
    take(studio, qtbot, *clips)
    qtbot.waitUntil(lambda: len(studio.desk.watcher.jobs()) == 2)
    qtbot.waitUntil(lambda: len(studio.workers.started) == 1)
    states = [job.state for job in studio.desk.watcher.jobs()]
    assert states[1] is JobState.QUEUED
    studio.workers.predict(studio.workers.started[0], made_track())
    studio.workers.finish(studio.workers.started[0])
    qtbot.waitUntil(lambda: len(studio.workers.started) == 2)
    assert studio.workers.started[0].path != studio.workers.started[1].path


def test_a_job_that_ran_on_without_a_window_is_taken_over(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path
) -> None:
    first = open_studio()
    show_recording(first, qtbot, clip)
    qtbot.waitUntil(lambda: bool(first.workers.started))
    folder = first.workers.started[0]
    first.workers.predict(folder, made_track(), until=16)
    qtbot.waitUntil(lambda: first.session.predicted_frames == 16)
    first.window.close()
    first.workers.predict(folder, made_track())  # says the first stretch again, as after a resume
    first.workers.finish(folder)

    second = open_studio()
    qtbot.waitUntil(lambda: not second.desk.watcher.jobs())
    study = second.session.study
    assert study is not None
    infos = study.predictions(study.recordings()[0].id)
    assert [(info.complete, info.frames) for info in infos] == [(True, FRAMES)]
    assert len(first.workers.started) == 1


def test_a_killed_worker_is_told_and_can_be_resumed(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    folder = studio.workers.started[0]
    studio.workers.predict(folder, made_track(), until=16)
    studio.workers.die(folder)
    watcher = studio.desk.watcher
    qtbot.waitUntil(lambda: watcher.jobs()[0].state is JobState.INTERRUPTED)
    qtbot.waitUntil(lambda: studio.session.predicted_frames == 16)
    card = studio.window.jobs.card(folder.path.name)
    assert card.resume_button.isVisible()
    card.resume_button.click()
    qtbot.waitUntil(lambda: len(studio.workers.started) == 2)
    studio.workers.predict(folder, made_track())
    studio.workers.finish(folder)
    qtbot.waitUntil(lambda: not watcher.jobs())
    assert studio.session.predicted_frames == FRAMES


def test_a_failed_job_says_why_and_offers_its_details(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    folder = studio.workers.started[0]
    studio.workers.fail(folder, "crawl.mp4: the disk is full; make room and try again.", "trace")
    qtbot.waitUntil(lambda: "the disk is full" in studio.said())
    job = studio.desk.watcher.jobs()[0]
    assert (job.state, job.details) == (JobState.FAILED, "trace")
    studio.ask.answers.append(lambda dialog: dialog.windowTitle().startswith("“crawl”"))
    studio.window.jobs.card(job.key).details_button.click()
    assert len(studio.ask.asked) == 1


def test_stopping_asks_the_worker_and_keeps_what_was_done(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    folder = studio.workers.started[0]
    studio.workers.predict(folder, made_track(), until=16)
    watcher = studio.desk.watcher
    qtbot.waitUntil(lambda: watcher.jobs()[0].state is JobState.RUNNING)
    studio.window.jobs.card(folder.path.name).stop_button.click()
    assert folder.is_asked_to_stop()
    studio.workers.stop(folder)
    qtbot.waitUntil(lambda: watcher.jobs()[0].state is JobState.STOPPED)
    qtbot.waitUntil(lambda: studio.session.predicted_frames == 16)


def test_predicting_again_leaves_points_placed_by_hand(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    predict_all(studio, qtbot, made_track())
    studio.session.select_keypoint(3)
    studio.session.points.place((33.0, 44.0))
    studio.trigger("predict")
    qtbot.waitUntil(lambda: len(studio.workers.started) == 2)
    moved = made_track()
    moved.xy[:] += 5
    predict_all(studio, qtbot, moved)
    qtbot.waitUntil(lambda: abs(studio.session.pose(0).xy[4, 0] - moved.xy[0, 4, 0]) < 0.01)
    assert studio.session.pose(0).xy[3].tolist() == [33.0, 44.0]


def test_a_status_out_of_reach_for_a_moment_does_no_harm(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    folder = studio.workers.started[0]
    status = folder.path / "status.json"
    hidden = status.rename(folder.path / "status.hidden")
    job = studio.desk.watcher._jobs[folder.path.name]
    qtbot.waitUntil(lambda: job.looks_in_vain > 0)
    hidden.rename(status)
    qtbot.waitUntil(lambda: job.looks_in_vain == 0)
    predict_all(studio, qtbot, made_track())


def test_a_job_that_cannot_be_read_any_more_is_given_up_in_words(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    folder = studio.workers.started[0]
    (folder.path / "status.json").write_bytes(b"{")
    watcher = studio.desk.watcher
    qtbot.waitUntil(lambda: watcher.jobs()[0].state is JobState.FAILED, timeout=15_000)
    assert folder.path.name in studio.said()


def test_a_worker_that_cannot_be_started_is_told_once(
    studio: Studio, qtbot: QtBot, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: object) -> None:
        raise JobFailed("The background program cannot be started (Permission denied).")

    monkeypatch.setattr(studio.desk.watcher, "_start", refuse)
    show_recording(studio, qtbot, clip)
    watcher = studio.desk.watcher
    qtbot.waitUntil(lambda: bool(watcher.jobs()) and watcher.jobs()[0].state is JobState.FAILED)
    assert sum("cannot be started" in notice.text for notice in studio.notices) == 1
    monkeypatch.undo()
    studio.trigger("resume_jobs")
    qtbot.waitUntil(lambda: len(studio.workers.started) == 1)
    predict_all(studio, qtbot, made_track())


def test_stopping_everything_ends_what_waits_as_well(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    take(studio, qtbot, *[write_clip(tmp_path / f"{name}.mp4", 40) for name in "ab"])
    qtbot.waitUntil(lambda: len(studio.workers.started) == 1)
    studio.trigger("stop_jobs")
    studio.workers.stop(studio.workers.started[0])
    watcher = studio.desk.watcher
    qtbot.waitUntil(lambda: [job.state for job in watcher.jobs()] == [JobState.STOPPED] * 2)
    assert len(studio.workers.started) == 1
