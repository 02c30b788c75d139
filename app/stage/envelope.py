"""A long curve boiled down to one value for each column of the screen; pure numpy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Envelope:
    """Columns of a curve: `edges` (C + 1,) in frames, `lowest` (C,) the lowest score in each."""

    edges: NDArray[np.int64]
    lowest: NDArray[np.float32]

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self.lowest)


def lowest_envelope(
    scores: NDArray[np.float32], *, start: float, stop: float, columns: int
) -> Envelope:
    """The lowest score in each of at most `columns` columns over frames [start, stop).

    The lowest and not the mean, so that one bad frame among thousands is still seen. Where there
    are fewer frames than columns, each frame is a column. Columns without a score are NaN.
    """
    first, last = max(int(np.floor(start)), 0), min(int(np.ceil(stop)), len(scores))
    if last <= first or columns < 1:
        return Envelope(np.zeros(1, np.int64), np.zeros(0, np.float32))
    count = min(columns, last - first)
    edges = first + np.arange(count + 1, dtype=np.int64) * (last - first) // count
    with np.errstate(invalid="ignore"):
        lowest = np.fmin.reduceat(scores[:last], edges[:-1])
    return Envelope(edges, lowest)


def occupied_columns(
    frames: NDArray[np.int64], *, start: float, stop: float, columns: int
) -> NDArray[np.int64]:
    """One frame for each column of the screen that holds any of these ascending frames."""
    if columns < 1 or stop <= start:
        return frames[:0]
    shown = frames[(frames >= start) & (frames < stop)]
    column = ((shown - start) * (columns / (stop - start))).astype(np.int64)
    return shown[np.unique(column, return_index=True)[1]]
