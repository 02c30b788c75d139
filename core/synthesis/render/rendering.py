"""What the renderer gives: a picture and the labels that belong to it."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Visibility(IntEnum):
    """Whether the camera sees a keypoint."""

    OUTSIDE = 0  # of the picture; its place is given all the same
    HIDDEN = 1  # behind the person or behind something else
    SEEN = 2


@dataclass(frozen=True, eq=False)
class Rendering:
    """One picture with its labels; pixel i covers [i, i+1) and labels hold at its centre.

    image (H, W, 3) uint8 sRGB, after the finish; parts (H, W) uint8 of `BodyPart`, above 0 where
    the person is seen; full (H, W) bool, the person as if nothing lay over it; depth (H, W)
    float32 metres along the camera's axis, infinity where there is nothing; xy (16, 2) float64
    pixels, NaN behind the camera; visibility (16,) uint8 of `Visibility`.
    """

    image: NDArray[np.uint8]
    parts: NDArray[np.uint8]
    full: NDArray[np.bool_]
    depth: NDArray[np.float32]
    xy: NDArray[np.float64]
    visibility: NDArray[np.uint8]
