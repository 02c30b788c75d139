import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.training.choice.held_out import FEWEST, PartOrder, held_out_numbers, hold_out
from core.training.loop.order import Order
from tests.core.training.choice import painted


@given(st.lists(st.integers(0, 5), max_size=200), st.floats(0, 0.4), st.integers(0, 99))
def test_some_canvases_and_never_too_few_or_too_many(groups, share, seed):
    held_out = held_out_numbers([str(group) for group in groups], share, seed)
    assert np.array_equal(held_out, np.unique(held_out))
    assert len(held_out) == 0 or FEWEST <= len(held_out) <= 0.375 * len(groups)
    assert set(held_out) <= set(range(len(groups)))


def test_whole_recordings_where_some_fit():
    groups = [f"{number // 10}" for number in range(120)]
    held_out = held_out_numbers(groups, 0.1, seed=0)
    assert len(held_out) == 10  # a second recording would be too many
    assert len({groups[i] for i in held_out}) == 1
    assert not np.array_equal(held_out, held_out_numbers(groups, 0.1, seed=1))


def test_the_last_stretch_of_each_long_recording():
    held_out = held_out_numbers(["a"] * 60 + ["b"] * 40, 0.1, seed=0)
    assert held_out.tolist() == [*range(54, 60), *range(96, 100)]


@pytest.mark.parametrize(("count", "share"), [(31, 0.1), (500, 0.0)])
def test_none_where_there_are_too_few_or_none_is_wanted(count, share):
    assert len(held_out_numbers(["a"] * count, share, seed=0)) == 0


def test_labelled_canvases_are_learnt_from():
    canvases = painted.canvases(40, seed=1, groups=("ward",) * 40)
    canvases.xy[:36] = np.nan
    split = hold_out(canvases, 0.1, seed=0)
    assert split.held_out.tolist() == list(range(28, 36))
    assert split.kept.tolist() == [*range(28), *range(36, 40)]


def test_an_order_over_a_part_sees_all_of_it_and_nothing_else():
    numbers = np.array([3, 5, 8, 13])
    order = PartOrder(Order(1, 4), numbers)
    for epoch in range(3):
        assert sorted(order.batch(epoch, 4)) == numbers.tolist()
    assert np.array_equal(order.seeds(2, 4), Order(1, 4).seeds(2, 4))
