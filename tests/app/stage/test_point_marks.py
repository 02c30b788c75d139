"""Doubt and hand work are told by shape and words, not by colour alone."""

import numpy as np

from app.stage.point_marks import Shape, bone_marks, in_words, point_marks
from core.pose.palette import SIDE_COLOURS
from core.pose.pose_edit import moved, removed, with_visibility
from core.pose.pose_track import Pose, Visibility
from core.pose.skeleton import shipped_skeleton
from tests.app.opened import made_track

SKELETON = shipped_skeleton()
WRIST, ELBOW = SKELETON.indices("left_wrist", "left_elbow")


def pose() -> Pose:
    return made_track(1, low=(0, 0)).pose(0)


def shape_of(changed: Pose) -> Shape:
    return next(m.shape for m in point_marks(changed, SKELETON) if m.keypoint == WRIST)


def test_shapes():
    seen = pose()
    assert shape_of(seen) is Shape.DISC
    doubtful = pose()
    doubtful.visibility[WRIST] = Visibility.HIDDEN
    assert shape_of(doubtful) is Shape.DASHED
    hidden = with_visibility(seen.point(WRIST), Visibility.HIDDEN)
    assert shape_of(seen.with_point(WRIST, hidden)) is Shape.RING


def test_points_placed_by_hand_are_marked():
    by_hand = pose().with_point(WRIST, moved(pose().point(WRIST), (1.0, 2.0)))
    assert {m.keypoint for m in point_marks(by_hand, SKELETON) if m.by_hand} == {WRIST}


def test_absent_points_have_neither_mark_nor_bones():
    without = pose().with_point(WRIST, removed())
    assert WRIST not in {m.keypoint for m in point_marks(without, SKELETON)}
    assert all(WRIST not in bone.ends for bone in bone_marks(without, SKELETON))
    assert len(bone_marks(without, SKELETON)) == len(SKELETON.bones) - 1


def test_a_bone_is_as_doubtful_as_its_worse_end_and_has_the_colour_of_its_side():
    doubtful = pose()
    doubtful.visibility[WRIST] = Visibility.HIDDEN
    bones = {bone.ends: bone for bone in bone_marks(doubtful, SKELETON)}
    assert bones[WRIST, ELBOW].doubtful
    assert bones[WRIST, ELBOW].colour == SIDE_COLOURS["left"]
    shoulder, neck = SKELETON.indices("right_shoulder", "neck")
    assert bones[shoulder, neck].colour == SIDE_COLOURS["right"]
    assert not bones[shoulder, neck].doubtful


def test_words_differ_for_every_state():
    point = pose().point(WRIST)
    states = [
        point,
        moved(point, (1.0, 2.0)),
        with_visibility(point, Visibility.HIDDEN),
        removed(),
        Pose.absent(16).point(WRIST),
    ]
    assert len({in_words(state) for state in states}) == len(states)
    assert in_words(point) == "90 % sure"
    assert not np.isnan(point.confidence)
