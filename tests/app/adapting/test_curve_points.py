"""However long a training is, its curve is short, and no spike gets lost."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapting.curve_points import MOST_POINTS, Curve, CurvePoint

values = st.floats(-1e6, 1e6)
steps = st.integers(1, 40)


def drawn(points: list[tuple[int, float]]) -> Curve:
    curve = Curve()
    for step, value in points:
        curve.add(step, value)
    return curve


@st.composite
def long_runs(draw):
    """Steps that grow by uneven strides, and so many that stretches must have grown."""
    count = draw(st.integers(0, 4000))
    stride, seed = draw(steps), draw(st.integers(0, 1000))
    spike = draw(st.integers(0, max(count - 1, 0)))
    run = [
        (stride * (n + 1) + n % stride, math.sin(seed + n / 50) + (99.0 if n == spike else 0.0))
        for n in range(count)
    ]
    return run


@settings(max_examples=30)
@given(run=long_runs())
def test_it_stays_small_keeps_extremes_and_the_end_and_invents_nothing(run):
    kept = [(p.step, p.value) for p in drawn(run).points()]
    assert len(kept) <= MOST_POINTS
    assert set(kept) <= set(run)
    assert kept == sorted(kept)
    assert len({step for step, _ in kept}) == len(kept)
    if run:
        assert kept[-1] == run[-1]
        assert max(v for _, v in kept) == max(v for _, v in run)
        assert min(v for _, v in kept) == min(v for _, v in run)


@given(run=st.lists(values, max_size=900), stride=steps)
def test_a_short_curve_is_kept_whole(run, stride):
    points = [(stride * (n + 1), value) for n, value in enumerate(run)]
    assert [(p.step, p.value) for p in drawn(points).points()] == points


@given(run=st.lists(values, min_size=1, max_size=300), back=st.integers(1, 300))
def test_what_is_done_again_takes_the_place_of_what_was(run, back):
    curve = drawn([(n + 1, value) for n, value in enumerate(run)])
    curve.add(back, 7.5)
    before = [CurvePoint(n + 1, value) for n, value in enumerate(run) if n + 1 < back]
    assert curve.points() == [*before, CurvePoint(back, 7.5)]


@settings(max_examples=30)
@given(run=long_runs(), cut=st.floats(0, 1))
def test_rewinding_leaves_nothing_of_later_steps(run, cut):
    curve = drawn(run)
    step = int(cut * (run[-1][0] if run else 1))
    before = [point for point in curve.points() if point.step < step]
    curve.rewind(step)
    assert curve.points() == before


def test_values_that_are_no_numbers_leave_a_gap():
    curve = drawn([(1, 0.5), (2, math.nan), (3, math.inf), (4, 0.25)])
    assert curve.points() == [CurvePoint(1, 0.5), CurvePoint(4, 0.25)]
