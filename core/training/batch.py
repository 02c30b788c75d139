"""The pictures of one step on the device."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.training.data.canvas import UNKNOWN
from core.training.data.canvas_set import CanvasSet
from core.training.loop.order import Order

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


@dataclass(frozen=True, eq=False)
class BatchSource:
    """Draws batches from a set: a function of the step alone."""

    canvases: CanvasSet
    order: Order
    device: torch.device

    def batch(self, step: int, size: int) -> Batch:
        """The batch of a step."""
        at = self.order.batch(step, size)
        pictures = torch.from_numpy(np.ascontiguousarray(self.canvases.images[at]))
        mask = torch.from_numpy(np.ascontiguousarray(self.canvases.infant[at])).to(self.device)
        infant = torch.where(mask == UNKNOWN, torch.nan, mask.float() / _STEPS)
        return Batch(
            pictures.to(self.device).permute(0, 3, 1, 2),
            torch.from_numpy(np.array(self.canvases.xy[at])).to(self.device),
            infant.unsqueeze(1),
            torch.from_numpy(self.order.seeds(step, size)).to(self.device),
        )
