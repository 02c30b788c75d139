"""Which samples a step sees: a function of seed and step alone, so resuming needs no memory."""

import numpy as np
from numpy.typing import NDArray

_GOLDEN = 0x9E3779B97F4A7C15  # far apart for neighbouring seeds


class Order:
    """Endless epochs over `count` samples, each an exact shuffle of its own."""

    def __init__(self, seed: int, count: int) -> None:
        """`count` is at least 1 (ValueError)."""
        if count < 1:
            raise ValueError("there are no samples to order")
        self._seed, self._count = seed, count
        self._epochs: dict[int, NDArray[np.intp]] = {}

    def batch(self, step: int, size: int) -> NDArray[np.intp]:
        """The numbers of the samples of a step, (size,)."""
        places = np.arange(step * size, (step + 1) * size)
        epochs, within = np.divmod(places, self._count)
        return np.array([self._epoch(e)[w] for e, w in zip(epochs, within, strict=True)], np.intp)

    def seeds(self, step: int, size: int) -> NDArray[np.int64]:
        """A seed for each sample of a step, (size,) below 2^31: no sample's draws depend on others.

        The place in the endless order decides it, not the batch in which that place falls.
        """
        places = np.arange(step * size, (step + 1) * size, dtype=np.uint64)
        offset = self._seed * _GOLDEN % 2**64
        return _mixed(places + np.uint64(offset))

    def _epoch(self, epoch: int) -> NDArray[np.intp]:
        if epoch not in self._epochs:
            self._epochs = {k: v for k, v in self._epochs.items() if k == epoch - 1}
            chance = np.random.default_rng(np.random.SeedSequence([self._seed, int(epoch)]))
            self._epochs[epoch] = chance.permutation(self._count)
        return self._epochs[epoch]


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """SplitMix64's finaliser, cut to 31 bits: neighbours give unlike seeds."""
    with np.errstate(over="ignore"):
        z = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return ((z ^ (z >> np.uint64(31))) >> np.uint64(33)).astype(np.int64)
