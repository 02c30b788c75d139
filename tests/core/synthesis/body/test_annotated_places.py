"""Labels lie where annotators put them: by body-fixed shares, whatever the pose."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.pose.skeleton import shipped_skeleton
from core.synthesis.body.annotated_places import annotated

SKELETON = shipped_skeleton()


def at(points: np.ndarray, name: str) -> np.ndarray:
    return points[SKELETON.indices(name)[0]]


def posture(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(16, 3))


@given(st.integers(0, 2**32 - 1))
def test_labels_move_turn_and_grow_with_the_body(seed: int):
    points = posture(seed)
    turn = np.linalg.qr(np.random.default_rng(seed + 1).normal(size=(3, 3)))[0]
    moved = 1.7 * points @ turn + [3.0, -2.0, 5.0]
    expected = 1.7 * annotated(points) @ turn + [3.0, -2.0, 5.0]
    np.testing.assert_allclose(annotated(moved), expected, atol=1e-9)


@given(st.integers(0, 2**32 - 1))
def test_both_sides_are_treated_alike(seed: int):
    points = posture(seed)
    mirror = list(SKELETON.mirror_indices)
    np.testing.assert_allclose(annotated(points[mirror]), annotated(points)[mirror], atol=1e-12)


def test_the_axis_follows_the_moved_joints_by_our_rules():
    labels = annotated(posture(3))
    pelvis = (at(labels, "left_hip") + at(labels, "right_hip")) / 2
    neck = (at(labels, "left_shoulder") + at(labels, "right_shoulder")) / 2
    np.testing.assert_allclose(at(labels, "pelvis"), pelvis)
    np.testing.assert_allclose(at(labels, "neck"), neck)
    np.testing.assert_allclose(at(labels, "thorax"), neck + 0.4 * (pelvis - neck))


def test_hips_go_up_and_out_and_wrists_towards_the_elbow():
    points = np.zeros((16, 2))
    for name, place in {
        "left_hip": (5, 30), "right_hip": (-5, 30), "pelvis": (0, 30), "neck": (0, 0),
        "left_elbow": (10, 10), "left_wrist": (10, 20),
    }.items():  # fmt: skip
        points[SKELETON.indices(name)] = place
    labels = annotated(points)
    assert at(labels, "left_hip")[0] > 5.5
    assert at(labels, "right_hip")[0] < -5.5
    assert 27 < at(labels, "left_hip")[1] < 29.5
    assert 18.5 < at(labels, "left_wrist")[1] < 19.8


def test_the_head_stays():
    points = posture(5)
    np.testing.assert_array_equal(at(annotated(points), "head"), at(points, "head"))
