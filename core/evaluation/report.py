"""What an evaluation says: scores under both thresholds, for people and for programs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from core.datasets.labelled_image import LabelledImage
from core.evaluation import metrics
from core.evaluation.metrics import Counts
from core.evaluation.views import BOX_ENLARGED
from core.pose.skeleton import Skeleton

_SHARE = 0.05
_SEED = 20


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scores(_Value):
    """PCK in per cent under one threshold; None where nothing is labelled."""

    average: float | None  # unweighted mean over the 12 limb keypoints
    average_over_points: float | None  # all labelled limb points in one pot
    interval_95: tuple[float, float] | None  # of the average, sources redrawn
    side_agnostic: float | None  # average if left and right may be swapped as a whole
    parts: dict[str, float | None]
    keypoints: dict[str, float | None]
    postures: dict[str, float | None]


class Report(_Value):
    """One evaluation."""

    model: str
    model_sha256: str
    data: str
    split: str | None
    protocol: str
    crop: str
    images: int
    without_infant: int  # photographs in which the model found nobody
    image: Scores  # error under 5 % of the side of the padded image
    box: Scores | None  # error under 5 % of the side of the true box enlarged by 1.25


def corrected_scores(
    dataset: Sequence[LabelledImage], predicted: NDArray[np.float64], skeleton: Skeleton
) -> tuple[Scores, Scores]:
    """Scores of predictions (N, K, 2) under 5 % of the padded image side and of the box side."""
    image = np.array([labelled.padded_side for labelled in dataset])
    box = np.array([BOX_ENLARGED * labelled.box.side for labelled in dataset])
    return (
        _scores(dataset, predicted, _SHARE * image, skeleton),
        _scores(dataset, predicted, _SHARE * box, skeleton),
    )


def plain_scores(keypoints: NDArray[np.float64], skeleton: Skeleton) -> Scores:
    """Scores of which only the PCK of each keypoint (K,) is known."""
    limbs = keypoints[skeleton.limb_indices]
    return Scores(
        average=_number(limbs[~np.isnan(limbs)].mean()) if (~np.isnan(limbs)).any() else None,
        average_over_points=None,
        interval_95=None,
        side_agnostic=None,
        parts=_by_part(keypoints, skeleton),
        keypoints=_by_name(keypoints, skeleton),
        postures={},
    )


def table(report: Report) -> str:
    """The report as text for a terminal."""
    columns = [("image", report.image)] + ([("box", report.box)] if report.box else [])
    rows = [
        f"{report.model} on {report.data}, split {report.split or 'all'}: {report.images} images, "
        f"{report.without_infant} without an infant found; {report.protocol}, crop {report.crop}",
        "PCK in %, error under 5 % of the side of:" + "".join(f"{name:>9}" for name, _ in columns),
    ]
    rows.append(_row("average of 12 limbs", [scores.average for _, scores in columns]))
    rows.append(_row("sides may swap", [scores.side_agnostic for _, scores in columns]))
    rows += [_row(part, [s.parts[part] for _, s in columns]) for part in report.image.parts]
    rows += [
        _row(f"posture {posture}", [s.postures[posture] for _, s in columns])
        for posture in report.image.postures
    ]
    for name, scores in columns:
        if scores.interval_95:
            low, high = scores.interval_95
            rows.append(f"95 % interval of the {name} average: {low:.1f} to {high:.1f}")
    return "\n".join(rows)


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
        interval_95=(round(interval.low, 2), round(interval.high, 2)),
        side_agnostic=_number(
            metrics.limb_average(metrics.judge(swapped, labelled, limits), skeleton)
        ),
        parts=_by_part(keypoints, skeleton),
        keypoints=_by_name(keypoints, skeleton),
        postures=_by_posture(dataset, counts, skeleton),
    )


def _by_posture(
    dataset: Sequence[LabelledImage], counts: Counts, skeleton: Skeleton
) -> dict[str, float | None]:
    postures = np.array([item.posture or "" for item in dataset])
    return {
        str(posture): _number(metrics.limb_average(counts.part(postures == posture), skeleton))
        for posture in np.unique(postures)
        if posture
    }


def _by_part(keypoints: NDArray[np.float64], skeleton: Skeleton) -> dict[str, float | None]:
    return {part: _number(v) for part, v in metrics.by_part(keypoints, skeleton).items()}


def _by_name(keypoints: NDArray[np.float64], skeleton: Skeleton) -> dict[str, float | None]:
    return {k: _number(v) for k, v in zip(skeleton.keypoints, keypoints, strict=True)}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 2)


def _row(name: str, values: Sequence[float | None]) -> str:
    cells = "".join(f"{'-' if value is None else format(value, '.1f'):>9}" for value in values)
    return f"  {name:<39}{cells}"
