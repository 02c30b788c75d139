"""Limits hold for every age, and newborns are stiffer than older infants."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS
from core.synthesis.posture.joint_angles import FLEXION, INDEX, mirrored
from core.synthesis.posture.joint_limits import MOST_SWING, limits_for, within

ages = st.sampled_from([0.0, 2.0, 9.0, 17.0, 240.0])


@given(ages, arrays(np.float64, (len(JOINTS), 3), elements=st.floats(-400, 400)))
def test_whatever_is_asked_for_lands_inside(months: float, angles: np.ndarray):
    lowest, highest = limits_for(Physique(months))
    inside = within(angles, limits_for(Physique(months)))
    swing = np.hypot(inside[:, 0], inside[:, 1])
    shrunk = swing > MOST_SWING - 1e-6  # far swings are drawn in, which may bend stiff joints less
    assert (inside[~shrunk] >= lowest[~shrunk] - 1e-9).all()
    assert (inside[~shrunk] <= highest[~shrunk] + 1e-9).all()
    assert swing.max() <= MOST_SWING + 1e-6


@given(ages)
def test_left_and_right_have_the_same_limits(months: float):
    lowest, highest = limits_for(Physique(months))
    middle, half = (lowest + highest) / 2, (highest - lowest) / 2
    assert mirrored(middle) == pytest.approx(middle)
    assert np.abs(mirrored(half)) == pytest.approx(half)


def test_newborns_lack_extension_that_older_infants_have():
    newborn, older = (limits_for(Physique(months))[0] for months in (0, 8))
    for joint in ("left_hip", "right_knee", "left_elbow"):
        assert newborn[INDEX[joint], FLEXION] > older[INDEX[joint], FLEXION] + 10


def test_asking_for_one_person_does_not_change_the_next():
    limits_for(Physique(0))[:] = 0
    assert limits_for(Physique(0)).any()
