"""Batches with a fixed number of pictures of each of several sets."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from core.training.batch import Batch, BatchSource
from core.training.data.canvas_set import CanvasSet
from core.training.loop.order import Order

_FIELDS = ("pictures", "xy", "infant", "seeds")


@dataclass(frozen=True, eq=False)
class SharedBatches:
    """`shares[i]` pictures of `sources[i]` in every step, each set in endless epochs of its own."""

    sources: tuple[BatchSource, ...]
    shares: tuple[int, ...]

    @staticmethod
    def of(
        sets: Sequence[CanvasSet], shares: Sequence[int], seed: int, device: torch.device
    ) -> "SharedBatches":
        """In orders that follow from the seed."""
        orders = [Order(1000 * seed + number, len(one)) for number, one in enumerate(sets)]
        pairs = zip(sets, orders, strict=True)
        return SharedBatches(
            tuple(BatchSource(one, order, device) for one, order in pairs), tuple(shares)
        )

    def batch(self, step: int, size: int) -> Batch:
        """The pictures of a step, set by set; ValueError if the shares do not make `size`."""
        if sum(self.shares) != size:
            raise ValueError(f"shares of {self.shares} in a batch of {size}")
        pairs = zip(self.sources, self.shares, strict=True)
        parts = [source.batch(step, share) for source, share in pairs]
        return Batch(*(torch.cat([getattr(part, name) for part in parts]) for name in _FIELDS))
