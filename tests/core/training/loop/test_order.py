import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.training.loop.order import Order


@given(st.integers(0, 99), st.integers(1, 40), st.integers(1, 17))
def test_every_sample_comes_once_an_epoch(seed, count, size):
    order = Order(seed, count)
    steps = -(-2 * count // size)
    seen = np.concatenate([order.batch(step, size) for step in range(steps)])
    for epoch in range(2):
        part = seen[epoch * count : (epoch + 1) * count]
        assert sorted(part) == list(range(count))


@given(st.integers(0, 99), st.integers(1, 40), st.integers(0, 30), st.integers(1, 9))
def test_a_step_is_the_same_whatever_came_before(seed, count, step, size):
    walked = Order(seed, count)
    for before in range(step):
        walked.batch(before, size)
    fresh = Order(seed, count)
    np.testing.assert_array_equal(walked.batch(step, size), fresh.batch(step, size))
    np.testing.assert_array_equal(walked.seeds(step, size), fresh.seeds(step, size))


def test_two_halves_of_a_batch_are_the_batch():
    order = Order(3, 10)
    halves = np.concatenate([order.batch(8, 4), order.batch(9, 4)])
    np.testing.assert_array_equal(order.batch(4, 8), halves)
    np.testing.assert_array_equal(
        order.seeds(4, 8), np.concatenate([order.seeds(8, 4), order.seeds(9, 4)])
    )


def test_seeds_differ_between_places_and_runs():
    first, second = Order(0, 5).seeds(0, 5000), Order(1, 5).seeds(0, 5000)
    assert len(set(first)) == 5000
    assert len(set(first) & set(second)) < 3
    assert first.min() >= 0
