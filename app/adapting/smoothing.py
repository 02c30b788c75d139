"""Lines made ready to be drawn; pure numpy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_FEW = 40  # points that need no smoothing
_WINDOWS = 10  # a window is this part of a line
_DRAWN = 160  # points of a smooth line
_BEGINNING = 5  # points at which a line is where it began
_MANY = 400  # points of which single ones may leave the picture
_ASIDE = 0.005  # the share of those, on either side


@dataclass(frozen=True, eq=False)
class Line:
    """Values (N,) over ascending steps (N,)."""

    steps: NDArray[np.float64]
    values: NDArray[np.float64]

    @property
    def xy(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Both, as plots take them."""
        return self.steps, self.values


def in_percent(line: Line) -> Line:
    """The values in percent of where they began, or of the largest one's size if that is 0."""
    if not len(line.values):
        return line
    began = abs(float(np.median(line.values[:_BEGINNING])))
    size = began or float(np.abs(line.values).max()) or 1.0
    return Line(line.steps, 100 * line.values / size)


def eased(line: Line) -> Line:
    """The course of a line that wavers, in few points from end to end; a short one as it is."""
    count = len(line.values)
    if count <= _FEW:
        return line
    half = max(count // _WINDOWS // 2, 1)
    sums = np.concatenate([[0.0], np.cumsum(line.values)])
    at = np.unique(np.linspace(0, count - 1, _DRAWN).astype(np.int64))
    first, stop = np.maximum(at - half, 0), np.minimum(at + half + 1, count)
    means = (sums[stop] - sums[first]) / (stop - first)
    return Line(line.steps[at], means)


def sight(lines: Sequence[Line]) -> tuple[float, float]:
    """The lowest and highest value to be seen, with some air."""
    values = np.concatenate([line.values for line in lines] or [np.zeros(0)])
    if not len(values):
        return 0.0, 100.0
    aside = _ASIDE if len(values) > _MANY else 0.0
    low, high = (float(edge) for edge in np.quantile(values, (aside, 1 - aside)))
    air = 0.08 * (high - low) or 0.1 * abs(high) or 1.0
    return low - air, high + air
