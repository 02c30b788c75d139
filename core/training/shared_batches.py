"""Batches with a fixed number of pictures of each of several sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import torch

from core.errors import BadInput
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
        """The pictures of a step, set by set; in a batch of another size in proportion."""
        ends = [round(end * size / sum(self.shares)) for end in accumulate(self.shares, initial=0)]
        parts = [
            source.batch(step, end - start)
            for source, (start, end) in zip(self.sources, pairwise(ends), strict=True)
        ]
        return Batch(*(torch.cat([getattr(part, name) for part in parts]) for name in _FIELDS))


def require_whole(shares: Sequence[int], batch: int) -> None:
    """Raise ValueError where there are shares that do not make a batch."""
    if shares and sum(shares) != batch:
        raise ValueError(f"the shares of the sources make {sum(shares)}, not batch={batch}")


def require_rules(sources: Sequence[object], rules: Sequence[object]) -> None:
    """Raise BadInput where a recipe has rules for sources, but not one for each that is named."""
    if rules and len(rules) != len(sources):
        raise BadInput(
            f"--data names {len(sources)} sources, and the recipe has rules for {len(rules)}; each "
            "needs one, in the same order. Change them with --set 'sources=[{share=6}, {share=2}]'."
        )
