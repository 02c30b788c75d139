import pytest
import torch

from core.training.shared_batches import SharedBatches
from tests.core.training import toy

CPU = torch.device("cpu")
SETS = (toy.canvases(5, seed=3), toy.canvases(2, seed=4))
NUMBER = {tuple(one.xy[i, 0]): (s, i) for s, one in enumerate(SETS) for i in range(len(one))}


def seen(batches, step):
    """Set and number of each picture of a step."""
    xy = batches.batch(step, 4).xy
    return [NUMBER[tuple(point.tolist())] for point in xy[:, 0]]


def test_every_step_has_its_number_of_each_set_and_each_set_goes_round():
    batches = SharedBatches.of(SETS, (3, 1), 7, CPU)
    steps = [seen(batches, step) for step in range(5)]
    assert all([which for which, _ in step] == [0, 0, 0, 1] for step in steps)
    first = [number for step in steps for which, number in step if which == 0]
    assert sorted(first) == sorted(3 * list(range(5)))
    assert sorted(first[:5]) == list(range(5))
    assert seen(batches, 3) == steps[3]


def test_orders_and_views_follow_from_the_seed():
    one, again, other = (SharedBatches.of(SETS, (2, 2), seed, CPU) for seed in (1, 1, 2))
    assert torch.equal(one.batch(9, 4).seeds, again.batch(9, 4).seeds)
    assert not torch.equal(one.batch(9, 4).seeds, other.batch(9, 4).seeds)
    assert len(set(one.batch(9, 4).seeds.tolist())) == 4


@pytest.mark.parametrize("size", [8, 4, 2, 1])
def test_a_batch_that_memory_made_smaller_keeps_the_proportion(size):
    batch = SharedBatches.of(SETS, (3, 1), 0, CPU).batch(5, size)
    found = [NUMBER[tuple(point.tolist())][0] for point in batch.xy[:, 0]]
    assert len(batch) == len(found) == size
    assert abs(found.count(0) - 0.75 * size) <= 0.5
