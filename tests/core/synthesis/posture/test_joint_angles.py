"""Angles mean what a physiotherapist means, can be read back, and have a mirror image."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.synthesis.body.pose import JOINTS
from core.synthesis.posture.joint_angles import (
    ABDUCTION,
    FLEXION,
    INDEX,
    ROTATION,
    joint_angles,
    mirrored,
    rotations_of,
    upright,
    world_rotations,
)

any_angles = arrays(np.float64, (len(JOINTS), 3), elements=st.floats(-80, 80))
DOWN, FORWARD, LEFT = np.array([0.0, 0, -1]), np.array([0.0, -1, 0]), np.array([1.0, 0, 0])


def bent(joint: str, column: int, degrees: float) -> np.ndarray:
    angles = upright()
    angles[INDEX[joint], column] = degrees
    return rotations_of(angles)[INDEX[joint]]


def test_no_angles_are_the_zero_pose():
    assert np.array_equal(rotations_of(upright()), np.tile(np.eye(3), (len(JOINTS), 1, 1)))


@pytest.mark.parametrize(
    ("joint", "column", "bone", "goes"),
    [
        ("left_shoulder", FLEXION, DOWN, FORWARD),
        ("right_elbow", FLEXION, DOWN, FORWARD),
        ("left_hip", FLEXION, DOWN, FORWARD),
        ("right_knee", FLEXION, DOWN, -FORWARD),
        ("left_hip", ABDUCTION, DOWN, LEFT),
        ("right_shoulder", ABDUCTION, DOWN, -LEFT),
        ("left_ankle", FLEXION, FORWARD, -DOWN),
        ("spine", FLEXION, -DOWN, FORWARD),
        ("neck", ABDUCTION, -DOWN, LEFT),
        ("head", ROTATION, FORWARD, LEFT),
        ("left_shoulder", ROTATION, FORWARD, LEFT),
        ("right_hip", ROTATION, FORWARD, -LEFT),
        ("left_wrist", ABDUCTION, DOWN, LEFT),
        ("right_clavicle", ABDUCTION, -LEFT, -DOWN),
    ],
)
def test_a_quarter_turn_goes_where_its_name_says(joint: str, column: int, bone, goes):
    assert bent(joint, column, 90.0) @ bone == pytest.approx(goes, abs=1e-9)


@given(any_angles)
def test_angles_can_be_read_back_from_rotations(angles: np.ndarray):
    rotations = rotations_of(angles)
    for joint in range(len(JOINTS)):
        again = angles.copy()
        again[joint] = joint_angles(joint, rotations[joint])
        assert rotations_of(again)[joint] == pytest.approx(rotations[joint], abs=1e-7)


@given(any_angles)
def test_the_mirrored_pose_is_the_mirror_image(angles: np.ndarray):
    flip = np.diag([-1.0, 1, 1])
    sides = {"left": "right", "right": "left"}
    partner = [
        INDEX["_".join(sides.get(part, part) for part in name.split("_"))] for name in JOINTS
    ]
    here, there = (world_rotations(rotations_of(one)) for one in (angles, mirrored(angles)))
    assert there == pytest.approx(flip @ here[partner] @ flip, abs=1e-9)


@given(any_angles)
def test_many_poses_at_once_are_the_same_poses(angles: np.ndarray):
    both = rotations_of(np.stack([angles, mirrored(angles)]))
    assert both[0] == pytest.approx(rotations_of(angles), abs=1e-12)
    assert both[1] == pytest.approx(rotations_of(mirrored(angles)), abs=1e-12)
