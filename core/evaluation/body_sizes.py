"""The lengths that an error is measured by: the picture, the box, the torso, the head."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.datasets.labelled_image import LabelledImage
from core.evaluation.views import BOX_ENLARGED

_TORSOS = (("left_shoulder", "right_hip"), ("right_shoulder", "left_hip"))


def image_sides(dataset: Sequence[LabelledImage]) -> NDArray[np.float64]:
    """Side of each padded image (N,)."""
    return np.array([item.padded_side for item in dataset])


def box_sides(dataset: Sequence[LabelledImage]) -> NDArray[np.float64]:
    """Side of each true box (N,), enlarged by 1.25."""
    return np.array([BOX_ENLARGED * item.box.side for item in dataset])


def torso_lengths(dataset: Sequence[LabelledImage]) -> NDArray[np.float64]:
    """Left shoulder to right hip (N,), as PCK was first defined; else the other diagonal, or NaN.

    Short where the torso points at the camera: such pictures are judged hard.
    """
    first, second = (np.array([_distance(item, *ends) for item in dataset]) for ends in _TORSOS)
    return np.where(np.isnan(first), second, first)


def head_lengths(dataset: Sequence[LabelledImage]) -> NDArray[np.float64]:
    """Neck to top of the head (N,), where a set labels that; else neck to its centre, or NaN.

    The centre is nearer, so scores of sets without a top of the head are the stricter ones.
    """
    return np.array(
        [
            _distance(item, "neck", "head") if item.head_length is None else item.head_length
            for item in dataset
        ]
    )


def _distance(item: LabelledImage, first: str, second: str) -> float:
    start, end = item.labels.part(first), item.labels.part(second)
    return float(np.linalg.norm(end.xy[0].astype(np.float64) - start.xy[0]))
