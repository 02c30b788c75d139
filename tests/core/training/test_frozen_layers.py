"""The first layers stay as they are to the bit; the others learn."""

import pytest
import torch

from core.training.frozen_layers import freeze_first
from tests.core.training.toy import ToyNetwork, learner, recipe


@pytest.mark.parametrize(("share", "learning"), [(0.0, 6), (0.34, 4), (0.99, 1)])
def test_a_share_of_the_tensors_stops_learning(share: float, learning: int):
    module = ToyNetwork()
    freeze_first(module, share)
    flags = [parameter.requires_grad for parameter in module.parameters()]
    assert flags == [False] * (6 - learning) + [True] * learning


def test_an_adaptation_changes_only_the_layers_that_learn():
    one = learner(recipe(frozen=0.34))
    before = {name: tensor.clone() for name, tensor in one.state()["student"].items()}
    for step in range(2):
        one.step(step)
    after = one.state()
    for network in ("student", "teacher"):
        changed = [n for n, tensor in after[network].items() if not torch.equal(tensor, before[n])]
        assert changed == ["layers.2.weight", "layers.2.bias", "layers.4.weight", "layers.4.bias"]
