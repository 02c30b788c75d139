"""Score predictions on a labelled set, by every length that its labels allow."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.datasets.labelled_image import LabelledImage
from core.evaluation import metrics
from core.evaluation.metrics import Counts
from core.evaluation.oks import average_precision, similarities
from core.evaluation.report import PrecisionScores, Scores
from core.pose.skeleton import Skeleton

_SEED = 20


def scores_by(
    lengths: NDArray[np.float64],
    dataset: Sequence[LabelledImage],
    predicted: NDArray[np.float64],
    skeleton: Skeleton,
) -> Scores | None:
    """PCK of predictions (N, K, 2) whose errors must stay below `lengths` (N,) in pixels.

    Photographs without a length (NaN, 0) are left out; None if none has one.
    """
    has_length = lengths > 0
    if not has_length.any():
        return None
    chosen = [item for item, has in zip(dataset, has_length, strict=True) if has]
    return _scores(chosen, predicted[has_length], lengths[has_length], skeleton)


def plain_scores(keypoints: NDArray[np.float64], skeleton: Skeleton) -> Scores:
    """Scores of which only the PCK of each keypoint (K,) is known."""
    limbs = keypoints[skeleton.limb_indices]
    return Scores(
        average=_number(limbs[~np.isnan(limbs)].mean()) if (~np.isnan(limbs)).any() else None,
        parts=_by_part(keypoints, skeleton),
        keypoints=_by_name(keypoints, skeleton),
    )


def precision_scores(
    dataset: Sequence[LabelledImage],
    predicted: NDArray[np.float64],
    confidence: NDArray[np.float64],
    skeleton: Skeleton,
) -> PrecisionScores | None:
    """Average precision of predictions (N, K, 2) with a confidence (N,), NaN for an empty one."""
    found = average_precision(similarities(dataset, predicted, skeleton), confidence)
    if found is None:
        return None
    return PrecisionScores(
        ap=round(found.mean, 2), ap_50=round(found.at_50, 2), ap_75=round(found.at_75, 2)
    )


def _scores(
    dataset: Sequence[LabelledImage],
    predicted: NDArray[np.float64],
    limits: NDArray[np.float64],
    skeleton: Skeleton,
) -> Scores:
    truth = np.concatenate([item.labels.xy for item in dataset]).astype(np.float64)
    labelled = np.concatenate([item.labels.confidence for item in dataset]) > 0
    counts = metrics.judge(metrics.pixel_errors(predicted, truth), labelled, limits)
    swapped = metrics.side_agnostic_errors(predicted, truth, skeleton)
    keypoints = metrics.per_keypoint(counts)
    interval = metrics.bootstrap(
        counts,
        skeleton,
        groups=[item.group or f"image {item.id}" for item in dataset],
        rng=np.random.default_rng(_SEED),
    )
    return Scores(
        average=_number(metrics.limb_average(counts, skeleton)),
        average_over_points=_number(metrics.point_average(counts, skeleton)),
        interval_95=interval and (round(interval.low, 2), round(interval.high, 2)),
        side_agnostic=_number(
            metrics.limb_average(metrics.judge(swapped, labelled, limits), skeleton)
        ),
        parts=_by_part(keypoints, skeleton),
        keypoints=_by_name(keypoints, skeleton),
        postures=_averages([item.posture for item in dataset], counts, skeleton),
        subjects=_averages([item.subject for item in dataset], counts, skeleton),
    )


def _averages(
    labels: Sequence[str | None], counts: Counts, skeleton: Skeleton
) -> dict[str, float | None]:
    """The limb average of the photographs of each label."""
    of_photograph = np.array([label or "" for label in labels])
    return {
        str(label): _number(metrics.limb_average(counts.part(of_photograph == label), skeleton))
        for label in np.unique(of_photograph)
        if label
    }


def _by_part(keypoints: NDArray[np.float64], skeleton: Skeleton) -> dict[str, float | None]:
    return {part: _number(v) for part, v in metrics.by_part(keypoints, skeleton).items()}


def _by_name(keypoints: NDArray[np.float64], skeleton: Skeleton) -> dict[str, float | None]:
    return {k: _number(v) for k, v in zip(skeleton.keypoints, keypoints, strict=True)}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 2)
