"""A session over a real study and a real clip: edits, undo, restart, navigation."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.session.session import Session
from core.errors import BadStudy, NoSpace
from core.geometry import Box
from core.pose.pose_track import Source, Visibility
from core.study.study import Study
from tests.app.opened import (
    FRAMES,
    add_prediction,
    add_recording,
    made_chunks,
    made_track,
    wait_until_shown,
    write_clip,
)

WRIST = 10


def state(session: Session) -> list[np.ndarray]:
    poses = [session.pose(frame) for frame in range(FRAMES)]
    return [
        np.stack([getattr(pose, name) for pose in poses])
        for name in ("xy", "confidence", "visibility", "source")
    ]


def assert_same(one: list[np.ndarray], other: list[np.ndarray]) -> None:
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a, b)


def reopened(session: Session, qtbot: QtBot) -> Session:
    """A new session on the same study, as after a restart."""
    assert session.study is not None
    path = session.study.path
    session.close()
    again = Session()
    again.open_study(path)
    again.select_recording(again.recordings()[0].id)
    qtbot.waitUntil(lambda: again.can_edit)
    return again


def test_adding_shows_the_recording(opened: Session, clip: Path):
    assert opened.recording is not None
    assert opened.recording.path == clip.resolve()
    assert opened.frame_count == FRAMES
    assert not opened.is_opening
    assert opened.predicted_frames == 0
    assert opened.pose(0).is_empty


def test_a_move_is_on_the_disk_at_once(predicted: Session):
    predicted.select_keypoint(WRIST)
    predicted.points.place((33.0, 44.0))
    point = predicted.pose(0).point(WRIST)
    assert point.xy == (33.0, 44.0)
    assert (point.visibility, point.source) == (Visibility.SEEN, Source.HUMAN)
    assert predicted.study is not None
    assert predicted.recording is not None
    copy = predicted.study.path.with_name("copy.shift")
    copy.write_bytes(predicted.study.path.read_bytes())
    with Study.open(copy) as study:
        kept = study.edit_log(predicted.recording.id).corrections.at(0)
    assert kept[WRIST].xy == (33.0, 44.0)


def test_undo_and_redo_by_name_survive_a_restart(predicted: Session, qtbot: QtBot):
    predicted.select_keypoint(WRIST)
    start = state(predicted)
    predicted.points.place((33.0, 44.0))
    predicted.points.set_visibility(Visibility.HIDDEN)
    end = state(predicted)
    again = reopened(predicted, qtbot)
    assert_same(state(again), end)
    assert again.undo_name == "Mark left wrist as hidden"
    again.undo()
    assert (again.undo_name, again.redo_name) == ("Move left wrist", "Mark left wrist as hidden")
    last = reopened(again, qtbot)
    last.undo()
    assert_same(state(last), start)
    assert last.undo_name is None
    last.redo()
    last.redo()
    assert_same(state(last), end)
    last.close()


def test_a_new_edit_ends_what_could_be_redone(predicted: Session):
    predicted.select_keypoint(WRIST)
    predicted.points.remove()
    predicted.undo()
    predicted.points.place((5.0, 5.0))
    assert predicted.redo_name is None
    predicted.redo()
    assert predicted.pose(0).point(WRIST).xy == (5.0, 5.0)


def test_undo_goes_to_the_frame_of_the_edit(predicted: Session, qtbot: QtBot):
    predicted.select_keypoint(WRIST)
    predicted.points.place((5.0, 5.0))
    predicted.go_to(30)
    wait_until_shown(predicted, qtbot, 30)
    predicted.select_keypoint(0)
    predicted.undo()
    assert predicted.frame == 0
    assert predicted.keypoint == WRIST


def test_quick_nudges_are_one_step_and_each_is_durable(predicted: Session, qtbot: QtBot):
    predicted.select_keypoint(WRIST)
    x, y = predicted.pose(0).point(WRIST).xy or (0.0, 0.0)
    for _ in range(5):
        predicted.points.nudge(1.0, 0.0)
    assert predicted.pose(0).point(WRIST).xy == (x + 5, y)
    again = reopened(predicted, qtbot)
    assert again.pose(0).point(WRIST).xy == (x + 5, y)
    again.undo()
    assert again.pose(0).point(WRIST).xy == (x, y)
    assert again.undo_name is None
    again.close()


def test_restore_brings_a_removed_point_back(predicted: Session):
    predicted.select_keypoint(WRIST)
    before = predicted.pose(0).point(WRIST)
    predicted.points.remove()
    assert predicted.pose(0).point(WRIST).visibility is Visibility.ABSENT
    predicted.points.restore()
    assert predicted.pose(0).point(WRIST) == before
    assert len(predicted.corrected_frames()) == 0


def test_v_goes_between_seen_and_hidden(predicted: Session):
    predicted.select_keypoint(WRIST)
    predicted.points.cycle_visibility()
    assert predicted.pose(0).point(WRIST).visibility is Visibility.HIDDEN
    predicted.points.cycle_visibility()
    assert predicted.pose(0).point(WRIST).visibility is Visibility.SEEN


def test_nothing_selected_means_nothing_happens(predicted: Session):
    start = state(predicted)
    predicted.points.remove()
    predicted.points.nudge(1, 1)
    predicted.points.cycle_visibility()
    assert_same(state(predicted), start)
    assert predicted.undo_name is None


def test_tab_goes_around_the_points(opened: Session):
    opened.select_next_keypoint()
    assert opened.keypoint == 0
    opened.select_next_keypoint(-1)
    assert opened.keypoint == len(opened.skeleton) - 1


def test_a_refused_write_keeps_the_edit_and_is_repeated(
    predicted: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    append, full = Study.append_edit, True

    def refuse(self: Study, *args: object, **more: object) -> None:
        if full:
            raise NoSpace("visit.shift: could not be saved, the disk is full.")
        append(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Study, "append_edit", refuse)
    predicted.select_keypoint(WRIST)
    with qtbot.waitSignal(predicted.write_failed) as failed:
        predicted.points.place((33.0, 44.0))
    assert failed.args == ["visit.shift: could not be saved, the disk is full."]
    predicted.points.remove()
    predicted.undo()
    assert predicted.pending_writes == 3
    assert predicted.pose(0).point(WRIST).xy == (33.0, 44.0)
    assert not predicted.retry_writes()
    full = False
    with qtbot.waitSignal(predicted.writes_recovered):
        assert predicted.retry_writes()
    assert predicted.pending_writes == 0
    again = reopened(predicted, qtbot)
    assert again.pose(0).point(WRIST).xy == (33.0, 44.0)
    assert (again.undo_name, again.redo_name) == ("Move left wrist", "Remove left wrist")
    again.close()


def test_low_frames_are_found_and_a_correction_clears_them(predicted: Session, qtbot: QtBot):
    assert predicted.next_low()
    assert predicted.frame == 10
    wait_until_shown(predicted, qtbot, 10)
    for keypoint in predicted.skeleton.limb_indices.tolist():
        predicted.select_keypoint(keypoint)
        predicted.points.set_visibility(Visibility.SEEN)
    assert predicted.frame_scores()[10] == 1.0
    assert predicted.next_low()
    assert predicted.frame == 11
    assert predicted.next_corrected(-1)
    assert predicted.frame == 10
    assert not predicted.next_corrected()


def test_poses_grow_while_a_job_runs(opened: Session, qtbot: QtBot):
    assert opened.recording is not None
    track = made_track()
    prediction = opened.predictions.begin(
        opened.recording.id, model_name="made", model_hash="0", settings={}
    )
    chunks = list(made_chunks(track))
    with qtbot.waitSignal(opened.poses_changed):
        opened.adopt_chunk(opened.recording.id, prediction, chunks[0])
    assert opened.predicted_frames == 16
    assert np.isnan(opened.frame_scores()[16:]).all()
    np.testing.assert_array_equal(opened.pose(3).xy, track.xy[3])
    opened.adopt_chunk(opened.recording.id, prediction, chunks[0])
    assert opened.predictions.taken_until(prediction) == 16
    again = reopened(opened, qtbot)
    assert again.predicted_frames == 16
    assert again.predictions.taken_until(prediction) == 16
    assert again.silhouette(3) is not None
    assert again.silhouette(20) is None
    again.close()


def test_a_new_prediction_keeps_corrections(predicted: Session, qtbot: QtBot):
    predicted.select_keypoint(WRIST)
    predicted.points.place((33.0, 44.0))
    newer = made_track()
    newer.xy[:] += 7
    add_prediction(predicted, qtbot, newer)
    qtbot.waitUntil(lambda: bool(predicted.pose(1).xy[0, 0] == newer.xy[1, 0, 0]))
    assert predicted.pose(0).point(WRIST).xy == (33.0, 44.0)


def test_several_files_of_which_one_is_broken(session: Session, qtbot: QtBot, tmp_path: Path):
    bad = tmp_path / "notes.mp4"
    bad.write_text("this is no video")
    good = [write_clip(tmp_path / f"{name}.mp4", 5) for name in ("a", "b")]
    with qtbot.waitSignal(session.recordings_added) as added:
        session.add_recordings([bad, *good])
    recordings, sentences = added.args
    assert [recording.name for recording in recordings] == ["a", "b"]
    assert len(sentences) == 1
    assert "notes.mp4" in sentences[0]
    assert session.recording is not None
    assert session.recording.name == "a"


def test_a_missing_video_still_shows_its_poses(session: Session, qtbot: QtBot, tmp_path: Path):
    path = write_clip(tmp_path / "gone.mp4")
    add_recording(session, qtbot, path)
    add_prediction(session, qtbot, made_track())
    moved = path.rename(tmp_path / "elsewhere.mp4")
    with qtbot.waitSignal(session.video_failed):
        session.select_recording(session.recordings()[0].id)
    qtbot.waitUntil(lambda: session.can_edit)
    assert "gone.mp4" in (session.video_problem or "")
    session.go_to(7)
    assert session.shown == 7
    assert not session.pose(7).is_empty
    session.relink(session.recordings()[0].id, moved)
    qtbot.waitUntil(lambda: session.info is not None)
    assert session.video_problem is None


def test_choosing_quickly_shows_the_last_choice(session: Session, qtbot: QtBot, tmp_path: Path):
    for number in range(4):
        add_recording(session, qtbot, write_clip(tmp_path / f"{number}.mp4", 5 + number))
    ids = [recording.id for recording in session.recordings()]
    for chosen in (ids * 3)[:10]:
        session.select_recording(chosen)
    qtbot.waitUntil(lambda: session.info is not None and session.can_edit)
    assert session.recording is not None
    assert session.recording.id == ids[1]
    assert session.frame_count == 6


def test_a_study_that_cannot_be_opened_leaves_the_open_one(opened: Session, tmp_path: Path):
    before = opened.study
    broken = tmp_path / "broken.shift"
    broken.write_bytes(b"\x00" * 200)
    with pytest.raises(BadStudy):
        opened.open_study(broken)
    assert opened.study is before
    assert opened.recording is not None


def test_box_and_threshold_are_remembered(predicted: Session, qtbot: QtBot):
    predicted.set_roi(Box(10, 20, 50, 60))
    predicted.set_threshold(0.55)
    predicted.keep_threshold()
    again = reopened(predicted, qtbot)
    assert again.recording is not None
    assert again.recording.roi == Box(10, 20, 50, 60)
    assert again.threshold == 0.55
    again.close()


def test_removing_the_recording_on_screen_empties_the_stage(predicted: Session):
    assert predicted.recording is not None
    predicted.remove_recording(predicted.recording.id)
    assert predicted.recording is None
    assert predicted.recordings() == []
    assert predicted.frame_count == 0


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["place", "nudge", "remove", "restore", "cycle", "undo", "redo"]),
        st.integers(0, 15),
        st.integers(0, 3),
    ),
    max_size=25,
)


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(steps=STEPS)
def test_undoing_everything_gives_the_start_and_redoing_the_end(predicted: Session, steps):
    while predicted.undo_name:
        predicted.undo()
    start = state(predicted)
    for what, keypoint, frame in steps:
        predicted.shown = predicted.frame = frame
        predicted.select_keypoint(keypoint)
        acts = {
            "place": lambda k=keypoint, f=frame: predicted.points.place((k + 0.5, f + 0.25)),
            "nudge": lambda: predicted.points.nudge(0.5, -1),
            "remove": predicted.points.remove,
            "restore": predicted.points.restore,
            "cycle": predicted.points.cycle_visibility,
            "undo": predicted.undo,
            "redo": predicted.redo,
        }
        acts[what]()
    end, depth = state(predicted), 0
    while predicted.undo_name:
        predicted.undo()
        depth += 1
    assert_same(state(predicted), start)
    for _ in range(depth):
        predicted.redo()
    assert_same(state(predicted), end)
