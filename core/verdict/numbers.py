"""From a number for each frame to one for all, with the interval that chance leaves open."""

import numpy as np
from numpy.typing import NDArray

from core.verdict.measures import Measure
from core.verdict.report import Number

_DRAWS = 2000
_FEWEST = 4  # frames; the interval of fewer would mean nothing


def numbered(measure: Measure, recording: NDArray[np.intp], seed: int) -> Number | None:
    """Means over the frames (N,) on which both models say something; None without any.

    The interval is of the mean difference, when the frames of each recording are redrawn; of
    recordings with too few frames for that, those of several together.
    """
    known = np.isfinite(measure.before) & np.isfinite(measure.after)
    if not known.any():
        return None
    before, after = measure.before[known], measure.after[known]
    low, high = _interval(after - before, recording[known], seed)
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


def _interval(
    difference: NDArray[np.float64], recording: NDArray[np.intp], seed: int
) -> tuple[float, float] | tuple[None, None]:
    if len(difference) < _FEWEST:
        return None, None
    rng = np.random.default_rng(seed)
    sums = np.zeros(_DRAWS)
    for frames in _strata(recording):
        own = difference[frames]
        sums += own[rng.integers(0, len(own), (_DRAWS, len(own)))].sum(axis=1)
    low, high = np.percentile(sums / len(difference), [2.5, 97.5])
    return float(low), float(high)


def _strata(recording: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Numbers of the frames of each recording; small ones are joined until there are enough.

    A single frame, redrawn alone, would always be the same: chance would look like certainty.
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
