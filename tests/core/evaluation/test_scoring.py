"""Photographs are judged by their own length, and those without one are left out."""

import numpy as np
import pytest

from core.evaluation.scoring import precision_scores, scores_by
from tests.core.evaluation.labelled import SKELETON, labelled, spread, without


def test_photographs_without_a_length_do_not_count() -> None:
    xy = spread()
    predicted = np.stack([xy, xy + 50, xy + 50])
    scores = scores_by(np.array([5.0, np.nan, 0]), [labelled(xy)] * 3, predicted, SKELETON)
    assert scores is not None
    assert scores.average == 100
    assert scores_by(np.full(3, np.nan), [labelled(xy)] * 3, predicted, SKELETON) is None


def test_subjects_and_postures_have_averages_of_their_own() -> None:
    xy = spread()
    dataset = [
        labelled(xy, id=1, subject="11", posture="Supine"),
        labelled(xy, id=2, subject="12", posture="Supine"),
        labelled(xy, id=3),
    ]
    scores = scores_by(np.full(3, 5.0), dataset, np.stack([xy, xy + 50, xy + 50]), SKELETON)
    assert scores is not None
    assert scores.subjects == {"11": 100, "12": 0}
    assert scores.postures == {"Supine": 50}
    assert scores.average == pytest.approx(33.33)


def test_a_set_with_only_axial_labels_has_no_average_and_no_interval() -> None:
    limbs = [SKELETON.keypoints[limb] for limb in SKELETON.limb_indices]
    item = labelled(without(spread(), *limbs))
    scores = scores_by(np.array([5.0]), [item], spread()[None], SKELETON)
    assert scores is not None
    assert (scores.average, scores.interval_95) == (None, None)
    assert scores.keypoints["head"] == 100
    assert precision_scores([item], spread()[None], np.ones(1), SKELETON) is None
