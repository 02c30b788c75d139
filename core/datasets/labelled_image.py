"""One labelled photograph, whatever layout its data set has."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from core.errors import BadInput
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
    posture: str | None = None
    group: str | None = None  # frames of one source: redrawn together
    subject: str | None = None  # which infant, where the set says so

    @property
    def padded_side(self) -> float:
        """Side of the square that the image is padded to."""
        return float(max(self.width, self.height))


def box_around(labels: Keypoints) -> Box:
    """The box of the labelled points of one set, wider by a tenth of its size on each side."""
    xy = labels.xy[0, labels.confidence[0] > 0].astype(np.float64)
    low, size = xy.min(axis=0), np.ptp(xy, axis=0)
    (x, y), (width, height) = low - _MARGIN * size, (1 + 2 * _MARGIN) * size
    return Box(float(x), float(y), float(width), float(height))


def image_size(path: Path) -> tuple[int, int]:
    """Width and height from an image's header; raises BadInput."""
    try:
        with Image.open(path) as image:
            return image.size
    except FileNotFoundError as error:
        raise BadInput(f"{path}: image missing; is the data set complete?") from error
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise BadInput(f"{path}: not an image that can be read.") from error
