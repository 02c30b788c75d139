"""One labelled photograph, whatever layout its data set has."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.pose.keypoint_rules import Keypoints

_MARGIN = 0.1  # of the labelled points' extent, on each side, where a set has no boxes


@dataclass(frozen=True, eq=False)
class LabelledImage:
    """One photograph of one infant (or adult).

    `labels`: the 16 keypoints by our rules, one set, image pixels, confidence 1 (labelled) or 0.
    `authors_xy` (16, 2): the points that the authors of SHIFT take for the same 16 (METHOD 1.9),
    NaN where the set does not say; only their own protocol looks at it.
    """

    id: int
    path: Path
    width: int
    height: int
    labels: Keypoints
    authors_xy: NDArray[np.float64]
    box: Box
    category_id: int = 1
    area: float | None = None  # of the body in square pixels, where the set says so
    head_length: float | None = None  # neck to top of the head, where both are labelled
    posture: str | None = None
    group: str | None = None  # frames of one source: redrawn together
    subject: str | None = None  # which infant, where the set says so

    @property
    def padded_side(self) -> float:
        """Side of the square that the image is padded to."""
        return float(max(self.width, self.height))


def box_around(labels: Keypoints) -> Box | None:
    """The box of the labelled points of one set, wider by a tenth of its size on each side.

    None where they have no extent: fewer than two points are labelled, or all in one place.
    """
    xy = labels.xy[0, labels.confidence[0] > 0].astype(np.float64)
    if not len(xy) or not np.ptp(xy, axis=0).any():
        return None
    tight = Box.around(xy)
    x, y = tight.x - _MARGIN * tight.width, tight.y - _MARGIN * tight.height
    return Box(x, y, (1 + 2 * _MARGIN) * tight.width, (1 + 2 * _MARGIN) * tight.height)


def head_length(points: Keypoints, number: int = 0) -> float | None:
    """From `neck` to `head_top` of one of the sets, None where either is not labelled."""
    if not points.has("neck", "head_top"):
        return None
    neck, top = points.part("neck"), points.part("head_top")
    if min(neck.confidence[number], top.confidence[number]) <= 0:
        return None
    return float(np.linalg.norm(top.xy[number] - neck.xy[number]))
