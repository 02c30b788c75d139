"""Keep some of the target's canvases from the training, so that they can judge it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.training.data.canvas_set import CanvasSet
from core.training.loop.mixed_order import BatchOrder

FEWEST: Final = 8  # canvases; fewer say nothing
_MOST = 0.25  # of all canvases; a training that gives up more is worse for it
_ENOUGH, _TOO_MANY = 0.75, 1.5  # times the wanted number, where whole groups are held out


@dataclass(frozen=True, eq=False)
class Split:
    """Numbers of canvases, ascending: those to learn from and those held out, maybe none."""

    kept: NDArray[np.intp]
    held_out: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class PartOrder:
    """An order over some of the samples only: the n-th of `order` is the sample numbers[n]."""

    order: BatchOrder
    numbers: NDArray[np.intp]

    def batch(self, step: int, size: int) -> NDArray[np.intp]:
        """The numbers of the samples of a step, (size,)."""
        return self.numbers[self.order.batch(step, size)]

    def seeds(self, step: int, size: int) -> NDArray[np.int64]:
        """A seed for each sample of a step, (size,) below 2^31."""
        return self.order.seeds(step, size)


def hold_out(canvases: CanvasSet, share: float, seed: int) -> Split:
    """Hold out about a share of the canvases without labels, see `held_out_numbers`.

    Corrected frames are all learnt from: they are few and dear.
    """
    has_none = np.flatnonzero(~canvases.is_labelled)
    groups = [canvases.groups[i] for i in has_none]
    held_out = has_none[held_out_numbers(groups, share, seed)]
    return Split(np.setdiff1d(np.arange(len(canvases)), held_out), held_out)


def held_out_numbers(groups: Sequence[str], share: float, seed: int) -> NDArray[np.intp]:
    """About a share of all, 8 at least, ascending; none where that were over a quarter.

    Whole groups (recordings, subjects) by lot, where some together are about as many as wanted;
    else the last stretch of each group, because neighbours in time hardly differ. `groups` names
    each canvas's, those of one group in the order of time.
    """
    count = max(round(share * len(groups)), FEWEST) if share > 0 else 0
    if not 0 < count <= _MOST * len(groups):
        return np.arange(0)
    members = _members(groups)
    chosen = _whole_groups(members, count, seed)
    is_enough = len(chosen) >= max(_ENOUGH * count, FEWEST)
    return np.sort(chosen if is_enough else _last_stretches(members, count))


def _members(groups: Sequence[str]) -> list[NDArray[np.intp]]:
    names = np.asarray(groups)
    return [np.flatnonzero(names == name) for name in sorted(set(groups))]


def _whole_groups(members: list[NDArray[np.intp]], count: int, seed: int) -> NDArray[np.intp]:
    """Members of groups that fit in, in the order of the lot."""
    chosen: list[NDArray[np.intp]] = []
    for number in np.random.default_rng(seed).permutation(len(members)):
        taken = sum(map(len, chosen))
        if taken < count and taken + len(members[number]) <= _TOO_MANY * count:
            chosen.append(members[number])
    return np.concatenate([np.arange(0), *chosen])


def _last_stretches(members: list[NDArray[np.intp]], count: int) -> NDArray[np.intp]:
    """`count` in all, from each group by its size; what is left over goes to the largest parts."""
    wanted = count * np.array([len(one) for one in members]) / sum(map(len, members))
    shares = wanted.astype(int)
    shares[np.argsort(shares - wanted, kind="stable")[: count - shares.sum()]] += 1
    return np.concatenate([one[len(one) - n :] for one, n in zip(members, shares, strict=True)])
