"""Courses begin and end where they should, and never jump."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.synthesis.posture.motion_ground import over, smooth
from core.synthesis.posture.motion_styles import Tempo
from core.synthesis.posture.tracks import circles, eased, schedule, sway, through

TIMES = np.arange(0, 8, 0.04)


@given(st.floats(-1, 2))
def test_easing_stays_between_its_ends(share: float):
    assert 0 <= eased(np.array(share)) <= 1


def test_easing_starts_and_stops_without_a_jerk():
    course = eased(np.linspace(0, 1, 1001))
    assert (np.diff(course) >= 0).all()
    assert course[[0, -1]] == pytest.approx([0, 1])
    assert np.diff(course)[[0, -1]] == pytest.approx([0, 0], abs=1e-6)


@given(st.integers(0, 1000))
def test_a_limb_finishes_one_movement_before_the_next(seed: int):
    spans = schedule(Tempo((0.3, 1.0), (0.0, 0.8)), 6.0, np.random.default_rng(seed))
    assert spans[0, 0] <= 0
    assert spans[-1, 1] >= 6.0 - 0.8
    assert (spans[:, 1] > spans[:, 0]).all()
    assert (spans[1:, 0] >= spans[:-1, 1]).all()


def test_a_course_rests_at_its_keys():
    keys = np.array([[0.0, 5.0], [10.0, 5.0], [-4.0, 1.0]])
    spans = np.array([[1.0, 2.0], [4.0, 6.0]])
    course = through(keys, spans, TIMES)
    assert course[TIMES <= 1.0] == pytest.approx(np.tile(keys[0], (26, 1)))
    resting = course[(TIMES >= 2.0) & (TIMES <= 4.0)]
    assert resting == pytest.approx(np.tile(keys[1], (len(resting), 1)))
    assert course[-1] == pytest.approx(keys[2])


def test_circles_move_only_the_joints_that_are_named():
    course = circles({"wrist": 10.0}, (0.5, 1.0), TIMES, np.random.default_rng(0))
    moved = np.flatnonzero(np.abs(course).max(axis=(0, 2)) > 0)
    assert moved.tolist() == [8, 12]
    assert 2 < np.abs(course).max() < 25


def test_a_sway_is_centred_and_of_size_one():
    course = sway(np.arange(0, 2000, 0.5), (0.1, 0.5), np.random.default_rng(0))
    assert course.mean() == pytest.approx(0, abs=0.05)
    assert course.std() == pytest.approx(1, abs=0.1)


def test_an_envelope_is_smooth_and_hardly_below():
    course = np.zeros(100)
    course[50] = 10.0
    above = over(course, 25.0)
    assert above[50] > 8.0
    assert np.abs(np.diff(above)).max() < 3.0
    assert smooth(np.full(50, 3.0), 25.0) == pytest.approx(np.full(50, 3.0))
