"""Measures of the template."""

import numpy as np
import pytest

from core.synthesis.body.parts import BodyPart
from core.synthesis.wardrobe.template.anatomy import Anatomy
from core.synthesis.wardrobe.wardrobe import Wardrobe


@pytest.fixture(params=[True, False], ids=["infant", "adult"])
def anatomy(wardrobe: Wardrobe, request: pytest.FixtureRequest) -> Anatomy:
    return wardrobe.tailor(request.param).anatomy


def share_of(anatomy: Anatomy, inside: np.ndarray, *parts: BodyPart) -> float:
    members = anatomy.weight(*parts) > 0.9
    return float(inside[members].mean())


def test_sleeves_of_two_lengths_end_at_elbow_and_wrist(anatomy: Anatomy):
    upper, hand = BodyPart.LEFT_UPPER_ARM, BodyPart.RIGHT_HAND
    assert share_of(anatomy, anatomy.sleeve(1) > 0, upper) > 0.97
    assert share_of(anatomy, anatomy.sleeve(1) > 0, BodyPart.LEFT_FOREARM) < 0.15
    assert share_of(anatomy, anatomy.sleeve(2) > 0, BodyPart.RIGHT_FOREARM) > 0.95
    assert share_of(anatomy, anatomy.sleeve(2) > 0, hand) < 0.1
    assert share_of(anatomy, anatomy.sleeve(0.5) > 0, BodyPart.LEFT_SHANK, BodyPart.TORSO) > 0.97


def test_legs_end_at_knee_and_ankle(anatomy: Anatomy):
    assert share_of(anatomy, anatomy.leg(1) > 0, BodyPart.LEFT_THIGH) > 0.95
    assert share_of(anatomy, anatomy.leg(1) > 0, BodyPart.LEFT_SHANK) < 0.15
    assert share_of(anatomy, anatomy.leg(2) > 0, BodyPart.RIGHT_SHANK) > 0.95
    assert share_of(anatomy, anatomy.leg(1.9) > 0, BodyPart.RIGHT_FOOT) < 0.1


def test_necklines_spare_the_head_and_keep_the_chest(anatomy: Anatomy):
    inside = anatomy.neckline(0.5, 0.4) > 0
    assert share_of(anatomy, inside, BodyPart.HEAD) == 0
    assert share_of(anatomy, inside, BodyPart.TORSO) > 0.85
    wider = anatomy.neckline(0.7, 0.4) > 0
    assert wider.sum() < inside.sum()


def test_briefs_keep_the_crotch_and_free_the_thighs(anatomy: Anatomy):
    inside = anatomy.brief(0.6, 0.6)
    crotch = np.linalg.norm(anatomy.points - anatomy.crotch, axis=1).argmin()
    assert inside[crotch] > 0
    low = anatomy.along_leg > 0.6 * anatomy.leg_lengths[0]
    assert not (inside[low] > 0).any()


def test_left_and_right_are_alike(anatomy: Anatomy):
    for line in (anatomy.sleeve(0.7), anatomy.leg(0.7), anatomy.brief(0.6, 0.6)):
        inside = anatomy.points[line > 0]
        left, right = (inside[:, 0] > 1e-4).sum(), (inside[:, 0] < -1e-4).sum()
        assert abs(int(left) - int(right)) < 0.01 * len(inside)
