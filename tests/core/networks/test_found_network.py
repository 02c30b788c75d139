import torch
from safetensors.torch import load

from core.networks.found_network import FoundNetwork


def test_half_precision_is_used_only_where_nothing_is_lost():
    state = {
        "half": torch.tensor([0.5, -2.0]),
        "whole": torch.tensor([0.1]),
        "large": torch.tensor([1e6]),
        "double": torch.tensor([0.25], dtype=torch.float64),
        "count": torch.tensor(70_000),
        "turned": torch.arange(6.0).view(2, 3).T,
        "shared": torch.arange(6.0)[2:4],
    }
    found = FoundNetwork("movenet_thunder", state, licence="", training_data="")
    stored = load(found.weights())
    assert {name: tensor.dtype for name, tensor in stored.items()} == {
        "half": torch.float16,
        "whole": torch.float32,
        "large": torch.float32,
        "double": torch.float16,
        "count": torch.int64,
        "turned": torch.float16,
        "shared": torch.float16,
    }
    assert all(torch.equal(stored[name].to(state[name].dtype), state[name]) for name in state)


def test_the_same_weights_give_the_same_file():
    states = [{"a": torch.ones(2), "b": torch.zeros(3)}, {"b": torch.zeros(3), "a": torch.ones(2)}]
    files = [FoundNetwork("movenet_thunder", s, licence="", training_data="") for s in states]
    assert files[0].weights() == files[1].weights()
