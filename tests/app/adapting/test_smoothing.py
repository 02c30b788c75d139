"""Lines that are drawn tell the course of those that were measured."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.adapting.smoothing import Line, eased, in_percent, sight

values = arrays.arrays(np.float64, st.integers(0, 600), elements=st.floats(-1e3, 1e3))


def line(given_values) -> Line:
    array = np.array(given_values, np.float64)
    return Line(np.arange(len(array), dtype=np.float64), array)


@given(found=values)
def test_an_eased_line_runs_from_end_to_end_within_the_values(found):
    smooth = eased(line(found))
    assert len(smooth.steps) == len(smooth.values) <= max(len(found), 0)
    if len(found):
        assert smooth.steps[0] == 0
        assert smooth.steps[-1] == len(found) - 1
        assert smooth.values.min() >= found.min() - 1e-6
        assert smooth.values.max() <= found.max() + 1e-6


def test_easing_keeps_a_slope_and_calms_noise():
    slope = eased(line(np.linspace(0, 1, 500)))
    inner = slope.values[20:-20]
    np.testing.assert_allclose(inner, slope.steps[20:-20] / 499, atol=1e-9)
    noise = np.random.default_rng(0).normal(size=500)
    assert eased(line(noise)).values.std() < 0.4 * noise.std()


def test_percent_of_where_a_line_began():
    np.testing.assert_allclose(in_percent(line([4, 4, 4, 2, 2])).values, [100, 100, 100, 50, 50])
    np.testing.assert_allclose(in_percent(line([-2, -2, -2, -2, -3])).values[-1], -150)
    np.testing.assert_allclose(in_percent(line([0, 0, 0, 0, 5])).values[-1], 100)
    np.testing.assert_allclose(in_percent(line([0, 0])).values, [0, 0])
    assert len(in_percent(line([])).values) == 0


@pytest.mark.parametrize("found", [[], [3.0], [0.0, 0.0], [1.0, 2.0]])
def test_there_is_always_something_to_see(found):
    low, high = sight([line(found)])
    assert low < high
    assert all(low <= value <= high for value in found)


def test_one_spike_among_many_does_not_flatten_the_rest():
    spiky = np.full(2000, 100.0)
    spiky[7] = 1e6
    assert sight([line(spiky)])[1] < 200
