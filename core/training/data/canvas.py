"""A canvas: the square picture of one infant or adult from which augmented views are drawn."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from core.geometry import Affine
from core.prediction.crop import Crop

CANVAS = 320  # side in pixels
ROOM = 1.25  # side of a canvas in sides of the crop that the product would show its network
Framing = Literal["found", "whole"]  # the square around the infant, or the padded whole picture
UNKNOWN = 255  # in a mask: nothing is known of this pixel, as beyond the edge of the frame


@dataclass(frozen=True, eq=False)
class Canvas:
    """One picture, cut out upright as the product does, with room around for turns and shifts.

    image (C, C, 3) uint8 RGB; xy (16, 2) float32 canvas pixels, NaN where there is no label;
    infant (C, C) uint8, how likely a pixel shows the infant in steps of 1/200, or UNKNOWN.
    """

    image: NDArray[np.uint8]
    xy: NDArray[np.float32]
    infant: NDArray[np.uint8]


def canvas_affine(crop: Crop) -> Affine:
    """Frame -> canvas, for the square that the product would look at."""
    return _roomy(crop).affine(CANVAS)


def cut_canvas(
    image: NDArray[np.uint8],
    crop: Crop,
    xy: NDArray[np.floating] | None = None,
    infant: NDArray[np.uint8] | None = None,
) -> Canvas:
    """A canvas from a frame (H, W, 3), with labels xy (16, 2) in frame pixels if there are any.

    `infant` is a mask already cut to the canvas, see `cut_mask`.
    """
    points = np.full((16, 2), np.nan) if xy is None else canvas_affine(crop)(xy)
    mask = np.full((CANVAS, CANVAS), UNKNOWN, np.uint8) if infant is None else infant
    return Canvas(_roomy(crop).cut(image, CANVAS), points.astype(np.float32), mask)


def cut_mask(
    probability: NDArray[np.floating],
    to_frame: Affine,
    crop: Crop,
    frame: tuple[int, ...] | None = None,
) -> NDArray[np.uint8]:
    """The part of a mask in [0, 1] that a canvas shows; `to_frame` maps its pixels to the frame.

    What lies beyond a `frame` of this shape (H, W, ...) is UNKNOWN: a body goes on there that
    nobody sees. Without one it counts as background.
    """
    matrix = to_frame.then(canvas_affine(crop)).index_matrix
    moved = cv2.warpAffine(
        probability.astype(np.float32), matrix, (CANVAS, CANVAS), flags=cv2.INTER_LINEAR
    )
    mask = np.round(moved * 200).astype(np.uint8)
    if frame is not None:
        mask[~_filmed(frame, crop)] = UNKNOWN
    return mask


def plain_view(size: int) -> Affine:
    """Canvas -> view of `size` pixels that shows what the product would show its network."""
    side = CANVAS / ROOM
    return Affine.crop((CANVAS / 2, CANVAS / 2), side, 0.0, size)


def _filmed(frame: tuple[int, ...], crop: Crop) -> NDArray[np.bool_]:
    """Which pixels of a canvas (C, C) lie in the frame."""
    everything = np.ones(frame[:2], np.uint8)
    matrix = canvas_affine(crop).index_matrix
    return cv2.warpAffine(everything, matrix, (CANVAS, CANVAS), flags=cv2.INTER_NEAREST) > 0


def _roomy(crop: Crop) -> Crop:
    return Crop(crop.centre, ROOM * crop.side, crop.degrees)
