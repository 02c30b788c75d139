from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.training.loop.mixed_order import MixedOrder, labelled_count, mixed_or_plain
from core.training.loop.order import Order

IS_LABELLED = np.arange(20) % 4 == 1  # five of twenty


@given(st.integers(0, 10**6), st.integers(1, 64), st.sampled_from([0.01, 0.25, 0.5, 0.9, 1.0]))
def test_every_batch_has_its_share_and_at_least_one(step, size, share):
    order = MixedOrder(3, IS_LABELLED, share)
    numbers = order.batch(step, size)
    labelled = int(IS_LABELLED[numbers].sum())
    assert labelled == labelled_count(size, share) >= 1
    assert abs(labelled - share * size) <= 1 or labelled == 1
    assert size == 1 or share == 1.0 or labelled < size


@pytest.mark.parametrize(
    ("size", "share", "count"), [(8, 0.25, 2), (4, 0.1, 1), (2, 0.9, 1), (1, 0.25, 1), (6, 1.0, 6)]
)
def test_shares_in_numbers(size, share, count):
    assert labelled_count(size, share) == count


def test_both_kinds_come_in_whole_epochs():
    order = MixedOrder(3, IS_LABELLED, 0.25)
    seen = Counter(number for step in range(15) for number in order.batch(step, 8).tolist())
    assert {seen[int(number)] for number in np.flatnonzero(IS_LABELLED)} == {6}
    assert {seen[int(number)] for number in np.flatnonzero(~IS_LABELLED)} == {6}


def test_a_step_depends_on_seed_and_number_alone():
    one, other = MixedOrder(3, IS_LABELLED, 0.25), MixedOrder(3, IS_LABELLED, 0.25)
    for step in range(9):
        one.batch(step, 8)
    assert np.array_equal(one.batch(9, 8), other.batch(9, 8))
    assert np.array_equal(one.seeds(9, 8), other.seeds(9, 8))
    assert not np.array_equal(one.batch(9, 8), MixedOrder(4, IS_LABELLED, 0.25).batch(9, 8))


def test_no_two_samples_of_a_run_share_a_seed():
    order = MixedOrder(3, IS_LABELLED, 0.25)
    seeds = np.concatenate([order.seeds(step, 8) for step in range(50)])
    assert len(np.unique(seeds)) == len(seeds)


def test_labelled_samples_stand_evenly_in_a_batch():
    numbers = MixedOrder(3, IS_LABELLED, 0.25).batch(0, 16)
    assert IS_LABELLED[numbers].reshape(4, 4).sum(axis=1).tolist() == [1, 1, 1, 1]


def test_a_set_of_one_kind_comes_in_the_plain_order():
    for alike in (np.ones(6, np.bool_), np.zeros(6, np.bool_)):
        order = mixed_or_plain(3, alike, 0.25)
        assert np.array_equal(order.batch(4, 4), Order(3, 6).batch(4, 4))
    assert isinstance(mixed_or_plain(3, IS_LABELLED, 0.25), MixedOrder)
