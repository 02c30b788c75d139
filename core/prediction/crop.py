"""The square of a frame that a network looks at: place, size and turn, and the pixels in it."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.geometry import Affine, Box
from core.pose.skeleton import Skeleton

_MOST_SAMPLES = 8  # per crop pixel and axis; beyond it aliasing no longer shows
_ENLARGED = 1.5  # keypoints -> crop: hands, feet and crown lie outside the keypoints
_TORSOS = 3.0  # least side in lengths of the torso, so that hidden legs can come back
_SURE = 0.2  # keypoints below count little for where the body is
_UPPER = ("left_shoulder", "right_shoulder", "head")
_LOWER = ("left_hip", "right_hip")


@dataclass(frozen=True)
class Crop:
    """A square about `centre` (frame pixels), content turned `degrees` clockwise from upright."""

    centre: tuple[float, float]
    side: float
    degrees: float = 0.0

    @staticmethod
    def whole(box: Box, degrees: float = 0.0) -> "Crop":
        """The square that holds a box at every turn by 90 degrees."""
        return Crop(box.centre, box.side, degrees)

    @staticmethod
    def upright(
        xy: NDArray[np.float32], confidence: NDArray[np.float32], skeleton: Skeleton
    ) -> "Crop":
        """The square around an infant's keypoints (K, 2) that shows it head up."""
        degrees = _turn(xy, confidence, skeleton)
        back = Affine.rotation(-degrees)
        sure = confidence >= min(_SURE, float(np.max(confidence)))
        box = Box.around(back(xy[sure]))
        neck, pelvis = xy[skeleton.index("neck")], xy[skeleton.index("pelvis")]
        torso = float(np.hypot(*(pelvis - neck)))
        side = max(_ENLARGED * box.side, _TORSOS * torso, 1.0)
        x, y = back.inverse(np.array(box.centre))
        return Crop((float(x), float(y)), side, degrees)

    def affine(self, size: int) -> Affine:
        """Frame -> crop of `size` x `size` pixels."""
        return Affine.crop(self.centre, self.side, self.degrees, size)

    def cut(self, image: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
        """The pixels, `size` x `size`; black outside the frame.

        A crop larger than `size` is sampled several times per pixel and averaged by area, because
        `warpAffine` alone would alias.
        """
        samples = min(max(round(self.side / size), 1), _MOST_SAMPLES)
        fine = size * samples
        matrix = self.affine(fine).index_matrix
        pixels = cv2.warpAffine(image, matrix, (fine, fine), flags=cv2.INTER_LINEAR)
        if samples > 1:
            pixels = cv2.resize(pixels, (size, size), interpolation=cv2.INTER_AREA)
        return pixels.astype(np.uint8, copy=False)


def _turn(xy: NDArray[np.float32], confidence: NDArray[np.float32], skeleton: Skeleton) -> float:
    """How far the trunk stands turned clockwise, degrees: from the shoulders down to the hips."""
    down = _weighted_mean(xy, confidence, skeleton.indices(*_LOWER)) - _weighted_mean(
        xy, confidence, skeleton.indices(*_UPPER)
    )
    return math.degrees(math.atan2(-down[0], down[1]))


def _weighted_mean(
    xy: NDArray[np.float32], confidence: NDArray[np.float32], at: list[int]
) -> NDArray[np.float64]:
    return np.average(xy[at].astype(np.float64), axis=0, weights=confidence[at] + 1e-3)
