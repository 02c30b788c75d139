"""From a number for each frame to one for all, with the interval that chance leaves open."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.verdict.measures import Measure
from core.verdict.report import Number

APART_SECONDS: Final = 0.5  # from which on two frames of a moving infant count as two
_DRAWS = 2000
_FEWEST = 4  # frames or clusters; the interval of fewer would mean nothing


def numbered(
    measure: Measure,
    recording: NDArray[np.intp],
    seed: int,
    cluster: NDArray[np.intp] | None = None,
) -> Number | None:
    """Means over the frames (N,) on which both models say something; None without any.

    The interval is of the mean difference, when the frames of each recording are redrawn; of
    recordings with too few frames for that, those of several together. Frames of one `cluster`,
    which is a number of its own in each recording, are redrawn together.
    """
    known = np.isfinite(measure.before) & np.isfinite(measure.after)
    if not known.any():
        return None
    before, after = measure.before[known], measure.after[known]
    own = np.arange(len(before)) if cluster is None else cluster[known]
    low, high = _interval(_units(after - before, recording[known], own), seed)
    kind = measure.kind
    return Number(
        name=kind.name,
        words=kind.words,
        unit=kind.unit,
        before=float(before.mean()),
        after=float(after.mean()),
        higher_is_better=kind.higher_is_better,
        low=low,
        high=high,
    )


def gain_range(number: Number) -> tuple[float, float] | None:
    """Between which gains the truth lies, if that is known; a gain is always good."""
    if number.low is None or number.high is None:
        return None
    if number.higher_is_better:
        return number.low, number.high
    return -number.high, -number.low


def clusters(recording: NDArray[np.intp], seconds: NDArray[np.float64]) -> NDArray[np.intp]:
    """Which moments (N,) are so close in time that they tell one thing; a number for each."""
    found = np.zeros(len(seconds), np.intp)
    number, begun, last = -1, -np.inf, -1
    for at in np.lexsort((seconds, recording)).tolist():
        if recording[at] != last or seconds[at] - begun >= APART_SECONDS:
            number, begun, last = number + 1, seconds[at], recording[at]
        found[at] = number
    return found


@dataclass(frozen=True, eq=False)
class _Units:
    """What is redrawn: sums and counts of differences, and the recording, (U,) each."""

    sums: NDArray[np.float64]
    counts: NDArray[np.float64]
    recording: NDArray[np.intp]


def _units(
    difference: NDArray[np.float64], recording: NDArray[np.intp], cluster: NDArray[np.intp]
) -> _Units:
    _, first, unit = np.unique(cluster, return_index=True, return_inverse=True)
    sums = np.bincount(unit, difference).astype(np.float64)
    return _Units(sums, np.bincount(unit).astype(np.float64), recording[first])


def _interval(units: _Units, seed: int) -> tuple[float, float] | tuple[None, None]:
    if len(units.sums) < _FEWEST:
        return None, None
    rng = np.random.default_rng(seed)
    sums, counts = np.zeros(_DRAWS), np.zeros(_DRAWS)
    for one in _strata(units.recording):
        drawn = one[rng.integers(0, len(one), (_DRAWS, len(one)))]
        sums += units.sums[drawn].sum(axis=1)
        counts += units.counts[drawn].sum(axis=1)
    low, high = np.percentile(sums / counts, [2.5, 97.5])
    return float(low), float(high)


def _strata(recording: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Numbers of the units of each recording; small ones are joined until there are enough.

    A single unit, redrawn alone, would always be the same: chance would look like certainty.
    """
    names, counts = np.unique(recording, return_counts=True)
    strata: list[NDArray[np.intp]] = []
    waiting = np.zeros(0, np.intp)
    for name in names[np.argsort(counts, kind="stable")]:
        waiting = np.concatenate([waiting, np.flatnonzero(recording == name)])
        if len(waiting) >= _FEWEST:
            strata.append(waiting)
            waiting = waiting[:0]
    if len(waiting):  # all recordings together have enough
        strata[-1:] = [np.concatenate([*strata[-1:], waiting])]
    return strata
