"""Numbered joints become keypoints by name; what is missing stays missing."""

from pathlib import Path

import numpy as np
import pytest

from core.datasets.indexed_joints import (
    SMPL_JOINTS,
    IndexedPose,
    JointTable,
    labelled_images,
    mirrored_sides,
)
from core.pose.skeleton import shipped_skeleton
from tests.core.datasets.published import authors_joints, joint_at, joints, write_image

KEYPOINTS = shipped_skeleton().keypoints
TABLE = JointTable(SMPL_JOINTS, (*range(15), None))


@pytest.fixture
def image(tmp_path: Path) -> Path:
    write_image(tmp_path / "one.png")
    return tmp_path / "one.png"


def test_shoulders_are_true_shoulders_and_midpoints_follow_our_rules(image: Path) -> None:
    (labelled,) = labelled_images([IndexedPose(7, image, joints(24))], TABLE)
    expected = {
        "left_ankle": 7, "left_knee": 4, "left_hip": 1,
        "right_hip": 2, "right_knee": 5, "right_ankle": 8, "thorax": 9, "neck": 12, "head": 15,
        "left_wrist": 20, "left_elbow": 18, "left_shoulder": 16,
        "right_shoulder": 17, "right_elbow": 19, "right_wrist": 21,
    }  # fmt: skip
    assert {name: joint_at(labelled, name) for name in expected} == expected
    pelvis = labelled.labels.xy[0, KEYPOINTS.index("pelvis")]
    assert pelvis == pytest.approx((joints(24)[1] + joints(24)[2]) / 2)
    assert (labelled.id, labelled.width, labelled.height) == (7, 320, 240)


def test_a_missing_joint_takes_with_it_what_hangs_on_it(image: Path) -> None:
    xy = joints(24)
    xy[1] = np.nan  # the left hip
    (labelled,) = labelled_images([IndexedPose(0, image, xy)], TABLE)
    assert joint_at(labelled, "left_hip") is None
    assert joint_at(labelled, "pelvis") is None
    assert joint_at(labelled, "right_hip") == 2
    assert authors_joints(labelled)[1] is None


def test_the_authors_table_is_theirs_alone(image: Path) -> None:
    hidden = np.zeros(24, bool)
    hidden[3] = True
    (labelled,) = labelled_images([IndexedPose(0, image, joints(24), hidden)], TABLE)
    assert authors_joints(labelled) == [0, 1, 2, None, *range(4, 15), None]
    assert joint_at(labelled, "left_hip") == 1


def test_the_box_is_a_tenth_wider_on_each_side_than_the_points(image: Path) -> None:
    (labelled,) = labelled_images([IndexedPose(0, image, joints(24))], TABLE)
    xy = labelled.labels.xy[0]
    low, high = xy.min(axis=0), xy.max(axis=0)
    size = high - low
    assert (labelled.box.x, labelled.box.y) == pytest.approx(tuple(low - 0.1 * size))
    assert (labelled.box.width, labelled.box.height) == pytest.approx(tuple(1.2 * size))


def test_images_with_fewer_than_two_points_are_left_out(image: Path) -> None:
    nothing = np.full((24, 2), np.nan)
    lonely = nothing.copy()
    lonely[7] = 50
    stacked = np.full((24, 2), 50.0)
    poses = [IndexedPose(n, image, xy) for n, xy in enumerate((nothing, lonely, stacked))]
    assert labelled_images([*poses, IndexedPose(3, image, joints(24))], TABLE)[0].id == 3
    assert labelled_images([], TABLE) == []


def test_mirrored_sides_exchange_left_and_right_and_leave_the_middle() -> None:
    mirrored = mirrored_sides(SMPL_JOINTS)
    assert mirrored["left_wrist"] == SMPL_JOINTS["right_wrist"]
    assert mirrored["right_wrist"] == SMPL_JOINTS["left_wrist"]
    assert mirrored["neck"] == SMPL_JOINTS["neck"]
    assert mirrored_sides(mirrored) == SMPL_JOINTS
