"""What predicting tells, and which recordings it takes."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.notices import NoticeKind
from core.geometry import Box
from core.jobs.events import Warned
from core.jobs.requests import PredictRequest
from core.jobs.status import JobState
from tests.app.opened import made_track, write_clip
from tests.app.windows import Studio, StudioMaker, predict_all, show_recording, take
from tests.core.video import clips


def test_a_warning_of_the_worker_is_told(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    studio.workers.started[0].event_log.append(Warned(text="crawl.mp4: breaks off at frame 40."))
    predict_all(studio, qtbot, made_track())
    qtbot.waitUntil(lambda: studio.window.banner.notice is not None)
    notice = studio.window.banner.notice
    assert notice is not None
    assert notice.kind is NoticeKind.WARNING
    assert notice.items == ("crawl.mp4: breaks off at frame 40.",)


def test_a_damaged_recording_is_shown_with_a_warning(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    whole = clips.write_clip(tmp_path, clips.Clip("whole.mkv"))
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.6)])
    show_recording(studio, qtbot, cut)
    assert "cut.mkv" in studio.said()
    assert studio.session.frame_count > 0


def test_only_recordings_without_poses_are_predicted(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    studio.trigger("auto")
    added = [write_clip(tmp_path / f"{name}.mp4") for name in "ab"]
    take(studio, qtbot, *added)
    studio.session.select_recording(studio.session.recordings()[0].id)
    qtbot.waitUntil(lambda: studio.session.can_edit)
    studio.trigger("predict")
    predict_all(studio, qtbot, made_track())
    studio.trigger("predict_missing")
    qtbot.waitUntil(lambda: len(studio.workers.started) == 2)
    request = studio.workers.started[1].request
    assert isinstance(request, PredictRequest)
    assert request.recording == added[1]
    assert len(studio.desk.watcher.jobs()) == 1


def test_a_missing_file_is_told_and_not_predicted(
    open_studio: StudioMaker, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_clip(tmp_path / "away.mp4")
    first = open_studio()
    show_recording(first, qtbot, path)
    first.window.close()
    path.unlink()
    second = open_studio()
    second.session.select_recording(second.session.recordings()[0].id)
    jobs = len(second.desk.watcher.jobs())
    second.trigger("predict")
    assert "Find the missing file" in second.said()
    assert len(second.desk.watcher.jobs()) == jobs


def test_the_chosen_model_is_used_and_remembered(open_studio: StudioMaker) -> None:
    first = open_studio()
    predicting = first.desk.predicting
    assert [name for name, _ in predicting.models()] == ["infant_pose", "movenet_thunder"]
    assert predicting.model == "infant_pose"
    predicting.choose_model("gone_meanwhile")
    assert predicting.model == "infant_pose"


def test_a_stopped_prediction_goes_on_where_it_was(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: len(studio.workers.started) == 1)
    job = studio.workers.started[0]
    studio.workers.predict(job, made_track(), until=32)
    qtbot.waitUntil(lambda: studio.session.predicted_frames == 32)
    studio.trigger("stop_jobs")
    studio.workers.stop(job)
    qtbot.waitUntil(lambda: studio.desk.watcher.jobs()[0].state is JobState.STOPPED)
    studio.trigger("predict_missing")
    qtbot.waitUntil(lambda: len(studio.workers.started) == 2)
    assert studio.workers.started[1] == job
    assert studio.session.predicted_frames == 32


def test_one_taken_off_the_list_meanwhile_keeps_no_other_from_being_predicted(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [write_clip(tmp_path / f"{name}.mp4", 5) for name in "abc"]
    session = studio.session
    taken: list[int] = []

    def remove_first() -> None:
        if not taken and session.recordings():
            taken.append(session.recordings()[0].id)
            session.remove_recording(taken[0])

    session.recordings_changed.connect(remove_first)
    take(studio, qtbot, *paths)
    session.recordings_changed.disconnect(remove_first)
    qtbot.waitUntil(lambda: len(studio.desk.watcher.jobs()) == 2)
    assert {job.title for job in studio.desk.watcher.jobs()} == {"b", "c"}


def test_many_recordings_are_queued_in_their_order_and_once(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    studio.trigger("auto")
    names = [f"{number:02}" for number in range(12)]
    take(studio, qtbot, *(write_clip(tmp_path / f"{name}.mp4", 2) for name in names))
    drawn: list[int] = []
    studio.desk.watcher.jobs_changed.connect(lambda: drawn.append(1))
    studio.trigger("predict_missing")
    studio.trigger("predict_missing")
    assert "All recordings are predicted" not in studio.said()
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    assert [job.title for job in studio.desk.watcher.jobs()] == names
    assert len(drawn) < len(names)


def test_a_region_counts_although_one_goes_on_at_once(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    studio.trigger("auto")
    take(studio, qtbot, *(write_clip(tmp_path / f"{name}.mp4", 5) for name in "ab"))
    first, second = studio.session.recordings()
    studio.session.select_recording(first.id)
    studio.session.set_roi(Box(10, 20, 60, 50))
    studio.desk.predicting.region_drawn()
    studio.session.select_recording(second.id)
    qtbot.waitUntil(lambda: len(studio.workers.started) == 1)
    request = studio.workers.started[0].request
    assert isinstance(request, PredictRequest)
    assert (request.recording, request.roi) == (first.path, (10, 20, 60, 50))
