"""Average precision is COCO's: its sigmas, its thresholds, its 101 recalls."""

import math

import numpy as np
import pytest

from core.evaluation.oks import average_precision, similarities
from core.geometry import Box
from tests.core.evaluation.labelled import SKELETON, labelled, spread, without


def test_a_perfect_pose_is_wholly_alike_and_an_empty_one_not_at_all() -> None:
    xy = spread()
    predicted = np.stack([xy, np.full((16, 2), np.nan)])
    oks = similarities([labelled(xy)] * 2, predicted, SKELETON)
    assert oks == pytest.approx([1, 0], abs=1e-6)


def test_likeness_is_the_papers_formula() -> None:
    xy = spread()
    moved = xy.copy()
    moved[SKELETON.index("left_wrist")] += (3, 4)
    item = labelled(xy, area=900)
    expected = (11 + math.exp(-25 / (2 * 900 * (2 * 0.062) ** 2))) / 12
    assert similarities([item], moved[None], SKELETON)[0] == pytest.approx(expected, rel=1e-4)


def test_without_an_area_a_body_fills_half_its_box() -> None:
    xy, moved = spread(), spread() + 2
    from_box = labelled(xy, box=Box(0, 0, 40, 30))
    given = labelled(xy, area=0.53 * 1200)
    oks = similarities([from_box, given], np.stack([moved, moved]), SKELETON)
    assert oks[0] == pytest.approx(oks[1])


def test_only_labelled_limb_points_count() -> None:
    xy = spread()
    moved = xy.copy()
    moved[SKELETON.indices("left_knee", "head", "pelvis")] += 50
    kneeless = labelled(without(xy, "left_knee"))
    limbless = labelled(without(xy, *(SKELETON.keypoints[limb] for limb in SKELETON.limb_indices)))
    oks = similarities([kneeless, limbless], np.stack([moved, moved]), SKELETON)
    assert oks[0] == pytest.approx(1, abs=1e-6)
    assert np.isnan(oks[1])


def test_precision_is_averaged_over_recalls_and_thresholds() -> None:
    oks, sureness = np.array([1, 0.3, 0.72]), np.array([0.9, 0.8, 0.7])
    found = average_precision(oks, sureness)
    assert found is not None
    only_first = 34 / 101  # recalls 0 to 0.33
    with_third = (34 + 33 * 2 / 3) / 101  # and 0.34 to 0.66, at two right of three
    assert found.at_50 == pytest.approx(100 * with_third)
    assert found.at_75 == pytest.approx(100 * only_first)
    assert found.mean == pytest.approx(100 * (5 * with_third + 5 * only_first) / 10)


def test_a_photograph_without_a_pose_lowers_recall_only() -> None:
    found = average_precision(np.array([1, 0.0]), np.array([0.5, np.nan]))
    assert found is not None
    assert found.mean == pytest.approx(100 * 51 / 101)


def test_unlabelled_photographs_are_left_out() -> None:
    found = average_precision(np.array([np.nan, 1]), np.array([0.9, 0.1]))
    assert found is not None
    assert found.mean == pytest.approx(100)
    assert average_precision(np.array([np.nan]), np.array([0.9])) is None


def test_nothing_found_is_no_precision() -> None:
    found = average_precision(np.array([0.0, 0.0]), np.array([np.nan, np.nan]))
    assert found is not None
    assert found.mean == 0
