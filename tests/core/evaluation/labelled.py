"""Labelled images made by hand."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.datasets.labelled_image import LabelledImage
from core.geometry import Box
from core.pose.keypoint_rules import Keypoints
from core.pose.skeleton import shipped_skeleton

SKELETON = shipped_skeleton()


def labelled(xy: NDArray[np.float64], **more: Any) -> LabelledImage:
    """An image of 200 x 100 with these 16 points, NaN where missing, in a box of 100 x 80."""
    is_known = np.isfinite(xy).all(axis=1)
    points = Keypoints(
        SKELETON.keypoints, xy[None].astype(np.float32), is_known[None].astype(np.float32)
    )
    given: dict[str, Any] = {
        "id": 1, "path": Path("one.png"), "width": 200, "height": 100, "authors_xy": xy,
        "box": Box(0, 0, 100, 80), **more,
    }  # fmt: skip
    return LabelledImage(labels=points, **given)


def spread() -> NDArray[np.float64]:
    """16 points in places of their own."""
    return np.random.default_rng(5).uniform(10, 90, (16, 2))


def without(xy: NDArray[np.float64], *names: str) -> NDArray[np.float64]:
    """The same points with some missing."""
    fewer = xy.copy()
    fewer[SKELETON.indices(*names)] = np.nan
    return fewer
