"""Batches with a fixed share of labelled samples, a function of seed and step alone."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.training.loop.order import Order

_LABELLED_SEED = 500  # added to the seed, so that both kinds come in orders of their own


class BatchOrder(Protocol):
    """Which samples a step sees, and a seed for each."""

    def batch(self, step: int, size: int) -> NDArray[np.intp]:
        """The numbers of the samples of a step, (size,)."""
        ...

    def seeds(self, step: int, size: int) -> NDArray[np.int64]:
        """A seed for each sample of a step, (size,) below 2^31."""
        ...


class MixedOrder:
    """Of each batch `share` are labelled samples, at least one; both kinds in endless epochs.

    The labelled ones stand evenly among the others, so that each part of a batch has its share.
    """

    def __init__(self, seed: int, is_labelled: NDArray[np.bool_], share: float) -> None:
        """`is_labelled` (N,) says of each sample what it is; both kinds are there (ValueError)."""
        self._labelled, self._others = np.flatnonzero(is_labelled), np.flatnonzero(~is_labelled)
        self._labelled_order = Order(seed + _LABELLED_SEED, len(self._labelled))
        self._other_order = Order(seed, len(self._others))
        self._share = share

    def batch(self, step: int, size: int) -> NDArray[np.intp]:
        """The numbers of the samples of a step, (size,)."""
        places = self._labelled_places(size)
        numbers = np.empty(size, np.intp)
        numbers[places] = self._labelled[self._labelled_order.batch(step, int(places.sum()))]
        numbers[~places] = self._others[self._other_order.batch(step, int((~places).sum()))]
        return numbers

    def seeds(self, step: int, size: int) -> NDArray[np.int64]:
        """A seed for each sample of a step, (size,) below 2^31."""
        places = self._labelled_places(size)
        seeds = np.empty(size, np.int64)
        seeds[places] = self._labelled_order.seeds(step, int(places.sum()))
        seeds[~places] = self._other_order.seeds(step, int((~places).sum()))
        return seeds

    def _labelled_places(self, size: int) -> NDArray[np.bool_]:
        count = labelled_count(size, self._share)
        places = np.zeros(size, np.bool_)
        places[((np.arange(count) + 0.5) * size / count).astype(np.intp)] = True
        return places


def labelled_count(size: int, share: float) -> int:
    """How many of a batch are labelled: the share, but at least one of each kind that fits.

    A share of 1 leaves no place for others; a single sample is a labelled one.
    """
    most = size if share == 1.0 else max(size - 1, 1)
    return min(max(round(share * size), 1), most)


def mixed_or_plain(seed: int, is_labelled: NDArray[np.bool_], share: float) -> BatchOrder:
    """The order of a set that may hold labelled samples, others, or both."""
    if is_labelled.all() or not is_labelled.any():
        return Order(seed, len(is_labelled))
    return MixedOrder(seed, is_labelled, share)
