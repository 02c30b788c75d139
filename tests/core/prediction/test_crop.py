"""Squares show the infant upright and whole, and shrink pictures without aliasing."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geometry import Box
from core.pose.keypoint_rules import Keypoints, predicted_infant
from core.pose.skeleton import shipped_skeleton
from core.prediction.crop import Body, Crop
from tests.core.prediction.conftest import COCO, places

SKELETON = shipped_skeleton()


def body(degrees: float, side: float = 100, sure: float = 0.9) -> Body:
    points = places(centre=(300, 200), side=side, degrees=degrees)
    found = predicted_infant(Keypoints(COCO, points[None], np.full((1, 17), sure, np.float32)))
    return Body(found.xy[0], found.confidence[0], SKELETON)


@given(st.floats(-179, 179), st.floats(20, 2000))
def test_the_trunk_is_upright_in_its_square_and_everything_is_inside(
    degrees: float, side: float
) -> None:
    infant = body(degrees, side)
    turned_off = (infant.turn - degrees + 180) % 360 - 180
    assert turned_off == pytest.approx(0, abs=1)
    seen = infant.crop(infant.turn).affine(256)(infant.xy)
    assert seen.min() > 256 * 0.1
    assert seen.max() < 256 * 0.9


def test_unsure_points_do_not_widen_the_square_but_hopeless_ones_still_make_one() -> None:
    infant = body(0)
    confidence = infant.confidence.copy()
    xy = infant.xy.copy()
    wrist = SKELETON.index("left_wrist")
    xy[wrist], confidence[wrist] = (5000, 5000), 0.05
    assert Body(xy, confidence, SKELETON).crop(0).side < 2 * infant.crop(0).side
    assert math.isfinite(Body(xy, np.zeros_like(confidence), SKELETON).crop(0).side)


def test_a_fine_pattern_becomes_its_mean_and_no_moire() -> None:
    rows, columns = np.mgrid[:2048, :2048]
    board = np.where((rows + columns) % 2, 255, 0).astype(np.uint8)[..., None].repeat(3, 2)
    shrunk = Crop.whole(Box(0, 0, 2048, 2048)).cut(board, 256)
    assert np.abs(shrunk.astype(int) - 127).max() <= 3


def test_beyond_the_frame_it_is_black() -> None:
    pixels = Crop((0, 50), 100).cut(np.full((100, 100, 3), 255, np.uint8), 64)
    assert pixels[:, :30].max() == 0
    assert pixels[2:-2, 34:].min() == 255


def test_a_square_differs_when_the_infant_leaves_its_middle_or_changes_size() -> None:
    square = Crop((100, 100), 200)
    assert not Crop((110, 100), 210, 30).differs_from(square)
    assert Crop((130, 100), 200).differs_from(square)
    assert Crop((100, 100), 300).differs_from(square)
