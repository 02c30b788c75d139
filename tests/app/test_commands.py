"""Each thing that a person can do to a point is a named edit that can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.commands import PointEdits, joined, title
from core.pose.pose_edit import PoseEdit, removed
from core.pose.pose_track import Pose, Source, Visibility
from core.pose.skeleton import shipped_skeleton
from tests.app.opened import made_track

SKELETON = shipped_skeleton()
WRIST = SKELETON.index("left_wrist")


def edits(pose: Pose | None = None, frame: int = 3, keypoint: int = WRIST) -> PointEdits:
    return PointEdits(SKELETON, pose or model_pose(), frame=frame, keypoint=keypoint)


def model_pose() -> Pose:
    return made_track(1, low=(0, 0)).pose(0)


def pose_without() -> Pose:
    return model_pose().with_point(WRIST, removed())


def after(edit: PoseEdit | None):
    assert edit is not None
    (change,) = edit.changes
    return change.after


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (edits().move((1, 2)), "Move left wrist"),
        (edits(pose_without()).move((1, 2)), "Place left wrist"),
        (edits().nudge(1, 0), "Nudge left wrist"),
        (edits().mark(Visibility.HIDDEN), "Mark left wrist as hidden"),
        (edits().mark(Visibility.SEEN), "Mark left wrist as seen"),
        (edits().remove(), "Remove left wrist"),
        (edits(pose_without()).restore(model_pose()), "Restore left wrist"),
    ],
)
def test_names(edit: PoseEdit | None, name: str):
    assert edit is not None
    assert edit.name == name
    assert edit.frames == (3,)
    assert edit.changes[0].keypoint == WRIST


def test_what_they_do():
    assert after(edits().move((1.0, 2.0))).xy == (1.0, 2.0)
    assert after(edits().mark(Visibility.HIDDEN)).visibility is Visibility.HIDDEN
    assert after(edits().remove()).xy is None
    assert after(edits(pose_without()).restore(model_pose())).source is Source.MODEL


def test_where_nothing_would_change_there_is_no_edit():
    absent = edits(pose_without())
    assert absent.nudge(1, 1) is None
    assert absent.mark(Visibility.SEEN) is None
    assert absent.remove() is None
    assert edits().restore(model_pose()) is None
    hidden = model_pose().with_point(WRIST, after(edits().mark(Visibility.HIDDEN)))
    assert edits(hidden).mark(Visibility.HIDDEN) is None


@given(steps=st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=8))
def test_joined_nudges_are_one_edit_from_first_to_last(steps):
    pose, whole = model_pose(), None
    for dx, dy in steps:
        step = edits(pose).nudge(dx, dy)
        if step is None:
            continue
        whole = step if whole is None else joined(whole, step)
        assert whole is not None
        pose = pose.with_point(WRIST, after(step))
    if whole is not None:
        assert whole.changes[0].before == model_pose().point(WRIST)
        assert whole.changes[0].after == pose.point(WRIST)


def test_only_nudges_of_one_point_join():
    nudge = edits().nudge(1, 0)
    assert nudge is not None
    for other in (
        edits().move((1, 2)),
        edits(frame=4).nudge(1, 0),
        edits(keypoint=0).nudge(1, 0),
    ):
        assert other is not None
        assert joined(nudge, other) is None
        assert joined(other, nudge) is None


def test_title():
    assert title("left_wrist") == "left wrist"
