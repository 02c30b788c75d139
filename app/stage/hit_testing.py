"""What lies under the cursor; pure functions on numpy, no Qt."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.geometry import Box

REACH = 12.0  # widget pixels; a fingertip on a trackpad is no scalpel
_HANDLE_REACH = 9.0


class BoxPart(Enum):
    """What of a box one can take hold of, as (left, top, right, bottom) edges that follow."""

    TOP_LEFT = (1, 1, 0, 0)
    TOP = (0, 1, 0, 0)
    TOP_RIGHT = (0, 1, 1, 0)
    RIGHT = (0, 0, 1, 0)
    BOTTOM_RIGHT = (0, 0, 1, 1)
    BOTTOM = (0, 0, 0, 1)
    BOTTOM_LEFT = (1, 0, 0, 1)
    LEFT = (1, 0, 0, 0)
    INSIDE = (1, 1, 1, 1)


@dataclass(frozen=True)
class PointHit:
    """A keypoint under the cursor, and how far from it in widget pixels."""

    keypoint: int
    distance: float


def nearest_point(
    points: NDArray[np.float64], spot: ArrayLike, *, reach: float = REACH, preferred: int | None
) -> PointHit | None:
    """The keypoint (K, 2; NaN is absent) nearest to `spot`, none farther than `reach`.

    Where points lie on top of each other the `preferred` (selected) one wins, so that it can be
    pulled out from among them.
    """
    distances = np.hypot(*(np.asarray(points) - np.asarray(spot)).T)
    distances = np.where(np.isnan(distances), np.inf, distances)
    if not len(distances) or distances.min() > reach:
        return None
    nearest = int(distances.argmin())
    if preferred is not None and distances[preferred] <= distances[nearest] + reach / 4:
        nearest = preferred
    return PointHit(nearest, float(distances[nearest]))


def handles(box: Box) -> dict[BoxPart, tuple[float, float]]:
    """Where the handles of a box are."""
    xs = box.x, box.x + box.width / 2, box.x + box.width
    ys = box.y, box.y + box.height / 2, box.y + box.height
    return {
        BoxPart.TOP_LEFT: (xs[0], ys[0]),
        BoxPart.TOP: (xs[1], ys[0]),
        BoxPart.TOP_RIGHT: (xs[2], ys[0]),
        BoxPart.RIGHT: (xs[2], ys[1]),
        BoxPart.BOTTOM_RIGHT: (xs[2], ys[2]),
        BoxPart.BOTTOM: (xs[1], ys[2]),
        BoxPart.BOTTOM_LEFT: (xs[0], ys[2]),
        BoxPart.LEFT: (xs[0], ys[1]),
    }


def box_part(box: Box, spot: tuple[float, float]) -> BoxPart | None:
    """The handle of a box (in widget pixels) under the cursor, else its inside, else None."""
    found = {
        part: float(np.hypot(x - spot[0], y - spot[1])) for part, (x, y) in handles(box).items()
    }
    part = min(found, key=found.__getitem__)
    if found[part] <= _HANDLE_REACH:
        return part
    inside = 0 <= spot[0] - box.x <= box.width and 0 <= spot[1] - box.y <= box.height
    return BoxPart.INSIDE if inside else None


def reshaped(box: Box, part: BoxPart, dx: float, dy: float) -> Box:
    """The box after its part was dragged; an edge that crosses its opposite turns it over."""
    left, top, right, bottom = part.value
    return spanned(
        (box.x + left * dx, box.y + top * dy),
        (box.x + box.width + right * dx, box.y + box.height + bottom * dy),
    )


def spanned(one: tuple[float, float], other: tuple[float, float]) -> Box:
    """The box between two corners, whichever they are."""
    x, y = min(one[0], other[0]), min(one[1], other[1])
    return Box(x, y, abs(one[0] - other[0]), abs(one[1] - other[1]))


def clipped(box: Box, width: float, height: float) -> Box:
    """The part of a box that lies in the frame."""
    x, y = min(max(box.x, 0.0), width), min(max(box.y, 0.0), height)
    right = min(max(box.x + box.width, 0.0), width)
    bottom = min(max(box.y + box.height, 0.0), height)
    return Box(x, y, right - x, bottom - y)
