"""A curve that grows for days and stays small: the extremes of each stretch; pure Python."""

import math
from dataclasses import dataclass, field
from typing import Final, NamedTuple

MOST_POINTS: Final = 2000
_MOST_STRETCHES = (MOST_POINTS - 1) // 2  # two points each, and the newest one


class CurvePoint(NamedTuple):
    """The value after so many steps; a tuple, because hundreds of thousands are made."""

    step: int
    value: float


@dataclass(slots=True)
class _Stretch:
    lowest: CurvePoint
    highest: CurvePoint

    def take(self, point: CurvePoint) -> None:
        if point.value < self.lowest.value:
            self.lowest = point
        elif point.value > self.highest.value:
            self.highest = point


@dataclass
class Curve:
    """Points in the order of their steps, at most `MOST_POINTS`; no spike ever gets lost.

    While there are few, all are kept. Then each stretch of steps keeps its lowest and its highest
    value, and stretches grow as the curve does.
    """

    _width: int = 1  # steps in a stretch; a power of two
    _stretches: dict[int, _Stretch] = field(default_factory=dict)
    _newest: CurvePoint | None = None

    def add(self, step: int, value: float) -> None:
        """Go on behind the newest point; a step that was there already is done anew from there.

        Values that are no numbers leave a gap.
        """
        if self._newest is not None and step <= self._newest.step:
            self.rewind(step)
        if not math.isfinite(value):
            return
        self._newest = point = CurvePoint(step, value)
        self._put(point)
        if len(self._stretches) > _MOST_STRETCHES:
            self._widen()

    def rewind(self, step: int) -> None:
        """Forget what is at `step` and behind it: a training goes on from an older checkpoint."""
        kept = [point for point in self.points() if point.step < step]
        self._stretches.clear()
        for point in kept:
            self._put(point)
        self._newest = kept[-1] if kept else None

    def points(self) -> list[CurvePoint]:
        """What is to be drawn."""
        kept: list[CurvePoint] = []
        for stretch in self._stretches.values():
            low, high = stretch.lowest, stretch.highest
            if low.step != high.step:
                kept += (low, high) if low.step < high.step else (high, low)
            else:
                kept.append(low)
        if self._newest is not None and kept[-1].step < self._newest.step:
            kept.append(self._newest)
        return kept

    @property
    def newest(self) -> CurvePoint | None:
        """Where the curve ends."""
        return self._newest

    def _put(self, point: CurvePoint) -> None:
        number = point.step // self._width
        there = self._stretches.get(number)
        if there is None:
            self._stretches[number] = _Stretch(point, point)
        else:
            there.take(point)

    def _widen(self) -> None:
        """Make stretches longer until they are few enough."""
        points = self.points()
        while len(self._stretches) > _MOST_STRETCHES:
            self._width *= 2
            self._stretches = {}
            for point in points:
                self._put(point)
