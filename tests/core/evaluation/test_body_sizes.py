"""Errors are measured by lengths that the labels allow."""

import numpy as np
import pytest

from core.evaluation.body_sizes import box_sides, head_lengths, image_sides, torso_lengths
from tests.core.evaluation.labelled import SKELETON, labelled, spread, without


def between(first: str, second: str) -> float:
    return float(np.linalg.norm(np.subtract(*spread()[SKELETON.indices(first, second)])))


def test_image_and_box_are_squares_about_them() -> None:
    assert image_sides([labelled(spread())]).tolist() == [200]
    assert box_sides([labelled(spread())]).tolist() == [125]


def test_a_torso_is_one_diagonal_or_the_other() -> None:
    whole = labelled(spread())
    one_sided = labelled(without(spread(), "left_shoulder"))
    hipless = labelled(without(spread(), "left_hip", "right_hip"))
    lengths = torso_lengths([whole, one_sided, hipless])
    assert lengths[:2] == pytest.approx(
        [between("left_shoulder", "right_hip"), between("right_shoulder", "left_hip")], rel=1e-5
    )
    assert np.isnan(lengths[2])


def test_a_head_reaches_to_its_top_where_that_is_labelled() -> None:
    topped = labelled(without(spread(), "head"), head_length=42)
    plain, headless = labelled(spread()), labelled(without(spread(), "head"))
    lengths = head_lengths([topped, plain, headless])
    assert lengths[0] == 42
    assert lengths[1] == pytest.approx(between("neck", "head"), rel=1e-5)
    assert np.isnan(lengths[2])
