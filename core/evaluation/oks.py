"""COCO's average precision by object keypoint similarity (OKS), over the 12 limb keypoints.

One person and at most one prediction a photograph; photographs without a labelled limb point are
left out, as COCO does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.datasets.labelled_image import LabelledImage
from core.pose.skeleton import Skeleton

_SIGMAS = {  # COCO's, of how far annotators of one keypoint lie apart, relative to the scale
    "shoulder": 0.079, "elbow": 0.072, "wrist": 0.062, "hip": 0.107, "knee": 0.087, "ankle": 0.089,
}  # fmt: skip
_THRESHOLDS = np.linspace(0.5, 0.95, 10)
_RECALLS = np.linspace(0, 1, 101)
_BODY_OF_BOX = 0.53  # usual share of a person's box, where a set does not say how large a body is


@dataclass(frozen=True)
class AveragePrecision:
    """In per cent: mean over OKS thresholds 0.50 to 0.95, and at two of them."""

    mean: float
    at_50: float
    at_75: float


def similarities(
    dataset: Sequence[LabelledImage], predicted: NDArray[np.float64], skeleton: Skeleton
) -> NDArray[np.float64]:
    """OKS (N,) of predictions (N, K, 2): 0 for an empty one, NaN without a labelled limb point."""
    limbs = skeleton.limb_indices
    truth = np.concatenate([item.labels.xy for item in dataset])[:, limbs]
    labelled = np.concatenate([item.labels.confidence for item in dataset])[:, limbs] > 0
    squared = ((predicted[:, limbs] - truth) ** 2).sum(axis=-1)
    sigmas = np.array([_SIGMAS[skeleton.keypoints[limb].split("_")[1]] for limb in limbs])
    scale = 2 * np.array([_area(item) for item in dataset])[:, None] * (2 * sigmas) ** 2
    alike = np.where(labelled & np.isfinite(squared), np.exp(-squared / scale), 0.0)
    count = labelled.sum(axis=1)
    return np.divide(alike.sum(axis=1), count, out=np.full(len(count), np.nan), where=count > 0)


def average_precision(
    oks: NDArray[np.float64], scores: NDArray[np.float64]
) -> AveragePrecision | None:
    """From each photograph's OKS and the prediction's score (N,), NaN for an empty prediction.

    None where no photograph has a labelled limb point.
    """
    is_scored = ~np.isnan(oks)
    people = int(is_scored.sum())
    if not people:
        return None
    found = is_scored & ~np.isnan(scores)
    surest_first = oks[found][np.argsort(-scores[found], kind="stable")]
    values = [100 * _at(threshold, surest_first, people) for threshold in _THRESHOLDS]
    return AveragePrecision(float(np.mean(values)), values[0], values[5])


def _area(item: LabelledImage) -> float:
    return item.area or _BODY_OF_BOX * item.box.width * item.box.height


def _at(threshold: float, surest_first: NDArray[np.float64], people: int) -> float:
    """Precision averaged over 101 recalls; at each the best that is reached from there on."""
    hits = np.cumsum(surest_first >= threshold)
    precision = hits / np.arange(1, len(hits) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    at = np.searchsorted(hits / people, _RECALLS, side="left")
    reached = at < len(best)
    return float(best[at[reached]].sum() / len(_RECALLS))
