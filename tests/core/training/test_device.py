import pytest
import torch

from core.errors import BadInput
from core.training import device
from core.training.device import usable_device


class Cards:
    """Stands in for torch on a machine with graphics cards, or without."""

    def __init__(self, are_there):
        self.are_there = are_there
        self.device, self.cuda = torch.device, self

    def is_available(self):
        return self.are_there

    def empty(self, count, device):
        if device.type == "cuda" and not self.are_there:
            raise AssertionError("Torch not compiled with CUDA enabled")


@pytest.mark.parametrize(
    ("name", "local_rank", "expected"),
    [
        ("auto", 0, "cuda:0"),
        ("auto", 3, "cuda:3"),
        ("cuda", 1, "cuda:1"),
        ("cuda:2", 1, "cuda:2"),
        ("cpu", 1, "cpu"),
    ],
)
def test_each_process_takes_a_card_of_its_own(monkeypatch, name, local_rank, expected):
    monkeypatch.setattr(device, "torch", Cards(True))
    assert usable_device(name, local_rank) == torch.device(expected)


def test_without_cards_auto_is_the_processor(monkeypatch):
    monkeypatch.setattr(device, "torch", Cards(False))
    assert usable_device("auto") == torch.device("cpu")
    with pytest.raises(BadInput, match="--device cuda: this machine has no such device"):
        usable_device("cuda")
    with pytest.raises(BadInput, match="quantum"):
        usable_device("quantum")
