"""A million frames on a thousand columns: the worst frame of each column is always seen."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.stage.envelope import lowest_envelope, occupied_columns

scores = arrays.arrays(
    np.float32,
    st.integers(0, 300),
    elements=st.one_of(st.floats(0, 1, width=32), st.just(float("nan"))),
)


@given(
    scores=scores, start=st.floats(-10, 310), length=st.floats(0, 400), columns=st.integers(0, 60)
)
def test_each_column_holds_its_lowest_score(scores, start, length, columns):
    curve = lowest_envelope(scores, start=start, stop=start + length, columns=columns)
    assert len(curve) <= columns
    assert len(curve.edges) == len(curve) + 1 or not len(curve)
    for number in range(len(curve)):
        part = scores[curve.edges[number] : curve.edges[number + 1]]
        assert len(part)
        known = part[~np.isnan(part)]
        expected = known.min() if len(known) else np.nan
        np.testing.assert_equal(curve.lowest[number], expected)
    if len(curve):
        assert curve.edges[0] <= max(start, 0)
        assert curve.edges[-1] >= min(start + length, len(scores))


def test_one_bad_frame_in_a_million_is_seen():
    scores = np.full(1_000_000, 0.9, np.float32)
    scores[765_432] = 0.1
    curve = lowest_envelope(scores, start=0, stop=1_000_000, columns=1200)
    assert curve.lowest.min() == np.float32(0.1)


@given(
    frames=st.lists(st.integers(0, 1000), unique=True).map(sorted),
    columns=st.integers(1, 50),
)
def test_each_column_with_marks_keeps_one(frames, columns):
    array = np.array(frames, np.int64)
    kept = occupied_columns(array, start=0, stop=1001, columns=columns)
    assert set(kept.tolist()) <= set(frames)
    column = [int(frame * columns / 1001) for frame in frames]
    assert len(kept) == len(set(column))
