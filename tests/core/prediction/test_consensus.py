"""Looks that agree outvote those that do not."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.pose.keypoint_rules import Keypoints, labelled_infant
from core.prediction.consensus import agreed_look, consensus
from core.prediction.finder import find_infant
from core.prediction.predictor import Predictor
from tests.core.prediction.conftest import COCO, painted, places


def test_a_sure_outlier_is_outvoted_by_those_that_agree():
    xy = np.array([[[10, 10]], [[11, 10]], [[10, 11]], [[200, 90]]], np.float32)
    confidence = np.array([[0.5], [0.5], [0.5], [0.9]], np.float32)
    place, sure = consensus(xy, confidence, width=5.0)
    assert np.linalg.norm(place[0] - (10.3, 10.3)) < 0.5
    assert 0.3 < sure[0] < 0.4, "one of four looks says nothing for this place"


@given(st.integers(0, 10_000))
def test_the_consensus_does_not_depend_on_the_looks_order_and_moves_with_the_frame(seed: int):
    rng = np.random.default_rng(seed)
    xy = rng.normal(100, 8, (6, 16, 2)).astype(np.float32)
    confidence = rng.uniform(0.1, 1, (6, 16)).astype(np.float32)
    place, sure = consensus(xy, confidence, 6.0)
    order = rng.permutation(6)
    again, again_sure = consensus(xy[order] + np.float32(32), confidence[order], 6.0)
    np.testing.assert_allclose(again, place + 32, atol=1e-2)
    np.testing.assert_allclose(again_sure, sure, atol=1e-4)


def test_looks_that_agree_wholly_change_nothing():
    xy = np.tile(np.arange(32, dtype=np.float32).reshape(16, 2), (8, 1, 1))
    confidence = np.full((8, 16), 0.7, np.float32)
    place, sure = consensus(xy, confidence, 3.0)
    np.testing.assert_allclose(place, xy[0], atol=1e-4)
    np.testing.assert_allclose(sure, 0.7, atol=1e-5)


def test_turned_zoomed_and_mirrored_looks_meet_in_the_frame(predictor: Predictor):
    points = places(centre=(330, 240), side=300, degrees=30)
    image = painted(points, 640, 480)
    look = agreed_look(image, find_infant(image, predictor.looker), predictor.looker)
    truth = labelled_infant(Keypoints(COCO, points[None], np.ones((1, 17), np.float32)))
    limbs = predictor.skeleton.limb_indices
    assert np.linalg.norm(look.body.xy - truth.xy[0], axis=-1)[limbs].max() < 3
    assert look.body.confidence[limbs].min() > 0.6
