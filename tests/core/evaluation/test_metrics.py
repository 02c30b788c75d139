"""Points are counted where they are labelled, and averages weigh keypoints alike."""

import numpy as np
import pytest

from core.evaluation import metrics
from core.pose.skeleton import shipped_skeleton

SKELETON = shipped_skeleton()
LIMBS = SKELETON.limb_indices


def counts(correct: object, labelled: object) -> metrics.Counts:
    return metrics.Counts(np.array(correct, bool), np.array(labelled, bool))


def everywhere(images: int) -> metrics.Counts:
    full = np.ones((images, 16), bool)
    return metrics.Counts(full.copy(), full.copy())


def test_the_limit_itself_is_wrong_and_a_missing_point_too() -> None:
    errors = np.array([[4.99, 5.0, np.nan]])
    judged = metrics.judge(errors, np.array([[True, True, True]]), np.array([5.0]))
    assert judged.correct.tolist() == [[True, False, False]]


def test_unlabelled_points_count_neither_way() -> None:
    judged = metrics.judge(np.zeros((2, 1)), np.array([[True], [False]]), np.ones(2))
    assert metrics.per_keypoint(judged).tolist() == [100.0]


def test_each_photograph_has_its_own_limit() -> None:
    errors = np.full((2, 1), 10.0)
    judged = metrics.judge(errors, np.ones((2, 1), bool), np.array([9.0, 11.0]))
    assert judged.correct.ravel().tolist() == [False, True]


def test_the_average_is_over_keypoints_and_leaves_the_axis_out() -> None:
    some = everywhere(4)
    some.correct[:, SKELETON.index("head")] = False
    assert metrics.limb_average(some, SKELETON) == 100
    some.correct[:, LIMBS[0]] = False
    assert metrics.limb_average(some, SKELETON) == pytest.approx(100 * 11 / 12)
    some.labelled[1:, LIMBS[0]] = False
    assert metrics.limb_average(some, SKELETON) == pytest.approx(100 * 11 / 12)
    assert metrics.point_average(some, SKELETON) == pytest.approx(100 * 44 / 45)


def test_a_keypoint_that_is_nowhere_labelled_is_left_out() -> None:
    some = everywhere(3)
    some.labelled[:, LIMBS[:2]] = False
    some.correct[:, LIMBS[:2]] = False
    assert metrics.limb_average(some, SKELETON) == 100
    assert np.isnan(metrics.per_keypoint(some)[LIMBS[0]])


def test_parts_hold_both_sides() -> None:
    some = everywhere(2)
    some.correct[:, SKELETON.index("left_knee")] = False
    parts = metrics.by_part(metrics.per_keypoint(some), SKELETON)
    assert parts["knee"] == 50
    assert parts["ankle"] == 100
    assert set(parts) == {"head", "shoulder", "elbow", "wrist", "hip", "knee", "ankle"}


def test_swapped_sides_are_forgiven_as_a_whole_only() -> None:
    truth = np.random.default_rng(1).random((2, 16, 2)) * 100
    predicted = truth.copy()
    predicted[0] = predicted[0][SKELETON.mirror_indices]
    left, right = SKELETON.indices("left_wrist", "right_wrist")
    predicted[1, [left, right]] = predicted[1, [right, left]]
    errors = metrics.side_agnostic_errors(predicted, truth, SKELETON)
    assert errors[0].max() == pytest.approx(0)
    assert errors[1, left] > 1


def test_an_interval_widens_when_photographs_come_from_few_sources() -> None:
    rng = np.random.default_rng(2)
    some = everywhere(40)
    some.correct[:20, LIMBS] = False
    alone = metrics.bootstrap(some, SKELETON, groups=list(range(40)), rng=rng)
    together = metrics.bootstrap(some, SKELETON, groups=[n // 8 for n in range(40)], rng=rng)
    assert 25 < alone.low < 50 < alone.high < 75
    assert together.low < 20
    assert together.high > 80


def test_too_few_sources_have_no_interval() -> None:
    some = everywhere(40)
    for sources in (1, 4):
        groups = [n % sources for n in range(40)]
        rng = np.random.default_rng(2)
        assert metrics.bootstrap(some, SKELETON, groups=groups, rng=rng) is None


def test_an_interval_is_the_same_for_the_same_seed() -> None:
    some = everywhere(9)
    some.correct[::2, LIMBS] = False
    first, second = (
        metrics.bootstrap(some, SKELETON, groups=range(9), rng=np.random.default_rng(3))
        for _ in range(2)
    )
    assert first == second
