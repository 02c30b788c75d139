"""A network as it was found in a foreign file, before it becomes a model folder."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from safetensors.torch import save
from torch import Tensor

from core.models.architecture import Architecture


@dataclass(frozen=True, eq=False)
class FoundNetwork:
    """Architecture and weights, what can be said of their origin, and what the user must hear."""

    architecture: Architecture
    state: Mapping[str, Tensor]
    licence: str
    training_data: str
    notes: tuple[str, ...] = ()

    def weights(self) -> bytes:
        """The weights as safetensors, float32 or smaller; half precision where nothing is lost."""
        return save({name: _stored(tensor) for name, tensor in self.state.items()})


def _stored(tensor: Tensor) -> Tensor:
    if not tensor.is_floating_point():
        return tensor.contiguous()
    whole = tensor.to(torch.float32).contiguous()
    half = whole.half()
    return half if torch.equal(half.float(), whole) else whole.clone()
