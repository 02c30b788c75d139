"""What every training writes at its end: weights in 16 bits, and a name that a card can carry."""

from pathlib import Path

import torch
from safetensors.torch import save
from torch import nn


def half_weights(module: nn.Module) -> bytes:
    """A module's state as safetensors, floats in 16 bits."""
    state = {
        name: tensor.detach().to("cpu", torch.float16 if tensor.is_floating_point() else None)
        for name, tensor in module.state_dict().items()
    }
    return save({name: tensor.contiguous() for name, tensor in state.items()})


def card_name(folder: Path) -> str:
    """The name of a model's folder's parent, as far as a card can carry it."""
    parent = folder.absolute().parent.name
    name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in parent)
    return name.lstrip("._-")[:64] or "model"
