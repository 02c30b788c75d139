"""Share of correct keypoints (PCK) over a set of photographs, with counts kept per keypoint.

The average is METHOD's: the unweighted mean over the 12 limb keypoints of each keypoint's share
of correct points in the whole set. A labelled point that was not predicted counts as wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.pose.skeleton import Skeleton

_FEWEST_GROUPS = 5  # from which on redrawing them tells what chance leaves open
PARTS = ("head", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")


@dataclass(frozen=True, eq=False)
class Counts:
    """What was right in each of N photographs: correct and labelled, (N, K) bool."""

    correct: NDArray[np.bool_]
    labelled: NDArray[np.bool_]

    def part(self, chosen: NDArray[np.bool_]) -> "Counts":
        """The chosen photographs."""
        return Counts(self.correct[chosen], self.labelled[chosen])


@dataclass(frozen=True)
class Interval:
    """A 95 % confidence interval, in per cent."""

    low: float
    high: float


def judge(
    errors: NDArray[np.float64], labelled: NDArray[np.bool_], limits: NDArray[np.float64]
) -> Counts:
    """Errors (N, K) in pixels against one limit (N,) per photograph; NaN errors are wrong."""
    with np.errstate(invalid="ignore"):
        return Counts((errors < limits[:, None]) & labelled, labelled)


def pixel_errors(predicted: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances (N, K) between points (N, K, 2); NaN where either is missing."""
    return np.linalg.norm(predicted - truth, axis=-1)


def side_agnostic_errors(
    predicted: NDArray[np.float64], truth: NDArray[np.float64], skeleton: Skeleton
) -> NDArray[np.float64]:
    """Errors if left and right of the whole body may be swapped: the better reading of each pose.

    A diagnostic: a large gain over the plain score means that sides are confused, not places.
    """
    plain = pixel_errors(predicted, truth)
    swapped = pixel_errors(predicted[:, skeleton.mirror_indices], truth)
    limbs = skeleton.limb_indices
    big = 1e9
    is_swapped = np.nan_to_num(swapped[:, limbs], nan=big).clip(max=big).mean(
        axis=1
    ) < np.nan_to_num(plain[:, limbs], nan=big).clip(max=big).mean(axis=1)
    return np.where(is_swapped[:, None], swapped, plain)


def per_keypoint(counts: Counts) -> NDArray[np.float64]:
    """PCK of each keypoint in per cent (K,); NaN for a keypoint that is nowhere labelled."""
    return _percent(counts.correct.sum(axis=0), counts.labelled.sum(axis=0))


def limb_average(counts: Counts, skeleton: Skeleton) -> float:
    """Unweighted mean over the limb keypoints that are labelled somewhere, in per cent."""
    return _mean_of_known(per_keypoint(counts)[skeleton.limb_indices])


def point_average(counts: Counts, skeleton: Skeleton) -> float:
    """Share of all labelled limb points that are correct, in per cent."""
    limbs = skeleton.limb_indices
    share = _percent(counts.correct[:, limbs].sum(), counts.labelled[:, limbs].sum())
    return float(share)


def by_part(scores: NDArray[np.float64], skeleton: Skeleton) -> dict[str, float]:
    """Scores of keypoints (K,) averaged over those of each part of the body."""
    return {part: _mean_of_known(scores[_members(part, skeleton)]) for part in PARTS}


def bootstrap(
    counts: Counts,
    skeleton: Skeleton,
    *,
    groups: Sequence[str | int],
    rng: np.random.Generator,
    draws: int = 2000,
) -> Interval | None:
    """Interval of the limb average when whole groups (frames of one source) are redrawn.

    Photographs without a labelled limb point do not count; None if the others come from too few
    groups: redrawn, one group is always the same, and would pass for certainty.
    """
    limbs = skeleton.limb_indices
    says_something: NDArray[np.bool_] = np.any(counts.labelled[:, limbs], axis=1)
    if not says_something.any():
        return None
    counts = counts.part(says_something)
    _, member = np.unique(np.asarray(groups, dtype=str)[says_something], return_inverse=True)
    n = int(member.max()) + 1
    if n < _FEWEST_GROUPS:
        return None
    correct, labelled = np.zeros((n, len(limbs))), np.zeros((n, len(limbs)))
    np.add.at(correct, member, counts.correct[:, limbs])
    np.add.at(labelled, member, counts.labelled[:, limbs])
    times = rng.multinomial(n, np.full(n, 1 / n), size=draws)
    shares = _percent(times @ correct, times @ labelled)
    low, high = np.nanpercentile(np.nanmean(shares, axis=1), [2.5, 97.5])
    return Interval(float(low), float(high))


def _members(part: str, skeleton: Skeleton) -> list[int]:
    return [i for i, name in enumerate(skeleton.keypoints) if name.endswith(part)]


def _percent(correct: NDArray[np.generic], labelled: NDArray[np.generic]) -> NDArray[np.float64]:
    known = np.asarray(labelled, np.float64)
    return np.divide(
        100.0 * np.asarray(correct, np.float64),
        known,
        out=np.full(known.shape, np.nan),
        where=known > 0,
    )


def _mean_of_known(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
