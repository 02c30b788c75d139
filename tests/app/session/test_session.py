"""Edits, undo and predictions over a real study and a real clip, across restarts."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.session.session import Session
from core.errors import NoSpace
from core.pose.pose_track import Source, Visibility
from core.study.study import Study
from tests.app.opened import (
    FRAMES,
    add_prediction,
    made_chunks,
    made_track,
    reopened,
    wait_until_shown,
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


def test_poses_grow_while_a_job_runs(opened: Session, qtbot: QtBot):
    assert opened.recording is not None
    track = made_track()
    prediction = opened.predictions.begin(
        opened.recording.id, model_name="made", model_hash="0", settings={}
    )
    chunks = list(made_chunks(track))
    with qtbot.waitSignal(opened.poses_changed):
        opened.predictions.adopt(opened.recording.id, prediction, chunks[0])
    assert opened.predicted_frames == 16
    assert np.isnan(opened.frame_scores()[16:]).all()
    np.testing.assert_array_equal(opened.pose(3).xy, track.xy[3])
    opened.predictions.adopt(opened.recording.id, prediction, chunks[0])
    assert opened.predictions.taken_until(prediction) == 16
    assert opened.study is not None
    study = opened.study
    qtbot.waitUntil(lambda: study.prediction(prediction).frames == 16)
    again = reopened(opened, qtbot)
    assert again.predicted_frames == 16
    assert again.predictions.taken_until(prediction) == 16
    qtbot.waitUntil(lambda: again.silhouette(3) is not None)
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


def test_an_edit_while_a_newer_prediction_loads_is_kept(predicted: Session, qtbot: QtBot):
    newer = made_track()
    newer.xy[:] += 7
    add_prediction(predicted, qtbot, newer)
    assert predicted.can_edit
    predicted.select_keypoint(WRIST)
    predicted.points.remove()
    qtbot.waitUntil(lambda: bool(predicted.pose(1).xy[0, 0] == newer.xy[1, 0, 0]))
    assert predicted.pose(0).point(WRIST).visibility is Visibility.ABSENT
    assert predicted.corrected_frames().tolist() == [0]


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
