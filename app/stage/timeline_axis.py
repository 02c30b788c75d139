"""The axis under the timeline: time above, frame number below."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from app.stage.clock_text import clock

_SPACING = 110  # pixels between two labels
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)


class TimeAxis(pg.AxisItem):
    """Ticks at round times; positions are frames, which need not be evenly spaced in time."""

    def __init__(self) -> None:
        """Have no recording yet."""
        super().__init__("bottom")
        self._times: NDArray[np.float64] = np.zeros(0)
        self.setHeight(40)

    def set_times(self, times: NDArray[np.float64]) -> None:
        """Take the true times (T,) of the frames."""
        self._times = times
        self.picture = None
        self.update()

    def tickValues(  # noqa: N802 - pyqtgraph's name
        self,
        minVal: float,  # noqa: N803
        maxVal: float,  # noqa: N803
        size: float,
    ) -> list[tuple[float, list[float]]]:
        """Frames that are on screen at round times."""
        last = len(self._times) - 1
        if last < 1:
            return []
        low, high = (int(np.clip(v, 0, last)) for v in (minVal, maxVal))
        span = float(self._times[high] - self._times[low])
        step = round_step(span, labels=max(size / _SPACING, 1.0))
        marks = np.arange(np.ceil(self._times[low] / step), self._times[high] / step + 1e-9) * step
        frames = np.searchsorted(self._times, marks - 1e-6)
        return [(step, [float(frame) for frame in np.unique(frames[frames <= high])])]

    def tickStrings(  # noqa: N802 - pyqtgraph's name
        self, values: Sequence[float], scale: float, spacing: float
    ) -> list[str]:
        """The time of each frame and its number."""
        digits = 1 if spacing < 1 else 0
        return [f"{clock(self._times[int(v)], digits=digits)}\n{int(v)}" for v in values]


def round_step(span: float, *, labels: float) -> float:
    """The smallest round number of seconds that needs no more than so many labels."""
    return next((step for step in _STEPS if span / step <= labels), _STEPS[-1])
