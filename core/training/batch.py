"""The pictures of one step on the device."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.training.data.canvas import UNKNOWN
from core.training.data.canvas_set import CanvasSet
from core.training.loop.mixed_order import BatchOrder
from core.training.scale_out.processes import Processes

_STEPS = 200  # of the mask's probabilities


@dataclass(frozen=True, eq=False)
class Batch:
    """B canvases: pictures (B, 3, C, C) uint8; xy (B, 16, 2) float32 canvas pixels.

    infant (B, 1, C, C) float32 in [0, 1], NaN where nothing is known; seeds (B,) int64.
    """

    pictures: Tensor
    xy: Tensor
    infant: Tensor
    seeds: Tensor

    def __len__(self) -> int:
        """How many canvases."""
        return len(self.seeds)

    @property
    def labelled(self) -> Tensor:
        """Which keypoints have a label, (B, 16) float32."""
        return torch.isfinite(self.xy).all(-1).float()


class Batches(Protocol):
    """What a training learns from, step by step."""

    def batch(self, step: int, size: int) -> Batch:
        """This process's share of the `size` canvases of a step."""
        ...


@dataclass(frozen=True, eq=False)
class BatchSource:
    """Draws this process's share of batches from a set: a function of the step alone."""

    canvases: CanvasSet
    order: BatchOrder
    device: torch.device
    processes: Processes = field(default_factory=Processes)

    def batch(self, step: int, size: int) -> Batch:
        """The share of the `size` canvases of a step; raises BadInput if they share unevenly."""
        share = self.processes.share(size)
        at = self.order.batch(step, size)[share]
        mask = self._on_device(self.canvases.infant[at])
        infant = torch.where(mask == UNKNOWN, torch.nan, mask.float() / _STEPS)
        return Batch(
            self._on_device(self.canvases.images[at]).permute(0, 3, 1, 2),
            self._on_device(self.canvases.xy[at]),
            infant.unsqueeze(1),
            self._on_device(self.order.seeds(step, size)[share]),
        )

    def _on_device(self, values: NDArray[Any]) -> Tensor:
        """Without waiting: a graphics card fetches pinned memory by itself."""
        tensor = torch.from_numpy(np.array(values))
        if self.device.type == "cuda":
            tensor = tensor.pin_memory()
        return tensor.to(self.device, non_blocking=True)
