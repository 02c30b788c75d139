"""How corrected frames come into target batches, and how much each of them counts."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from core.training.adapt_data import target_batches
from core.training.adaptation import Adaptation, Judges
from core.training.batch import Batch
from core.training.data.canvas_set import CanvasSet
from tests.core.training import toy


def partly_labelled(labelled: int, others: int) -> CanvasSet:
    found = toy.canvases(labelled + others, seed=5)
    xy = found.xy.copy()
    xy[labelled:] = np.nan
    return replace(found, xy=xy)


def labelled_in(batch: Batch) -> int:
    return int(batch.labelled.any(dim=1).sum())


@pytest.mark.parametrize(("changes", "count"), [({}, 2), ({"corrected_share": 0.5}, 4),
                                                ({"mode": "oracle"}, 8)])  # fmt: skip
def test_a_share_of_every_batch_is_labelled(changes, count):
    share = toy.recipe(**changes).labelled_share
    batches = target_batches(partly_labelled(3, 9), np.arange(12), 0, "cpu", share)
    assert [labelled_in(batches.batch(step, 8)) for step in range(6)] == [count] * 6


def test_a_target_whose_labels_nobody_looks_at_comes_as_it_is():
    weights = {"source": 1, "consistency": 1, "target": 0}
    assert toy.recipe(weights=weights).labelled_share is None
    batches = target_batches(partly_labelled(3, 9), np.arange(12), 0, "cpu", None)
    assert sum(labelled_in(batches.batch(step, 4)) for step in range(3)) == 3  # one epoch


def test_a_labelled_picture_counts_the_same_whatever_the_share():
    """The target's term over a batch is the sum of what each labelled picture alone gives."""
    adaptation = Adaptation(
        toy.network(1), toy.network(2), toy.recipe(weights={"source": 0, "target": 1}), Judges()
    )
    batch = target_batches(toy.canvases(4, seed=5), np.arange(4), 0, "cpu", 0.25).batch(0, 4)

    def term(labelled: list[int]) -> torch.Tensor:
        xy = torch.full_like(batch.xy, torch.nan)
        xy[labelled] = batch.xy[labelled]
        found = adaptation.losses(None, replace(batch, xy=xy)).target
        assert found is not None
        return found.detach()

    each = [term([number]) for number in range(4)]
    assert all(float(one) > 0 for one in each)
    torch.testing.assert_close(term([0, 2]), each[0] + each[2])
    torch.testing.assert_close(term([0, 1, 2, 3]), torch.stack(each).sum())
