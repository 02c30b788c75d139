"""The square of a frame that a network looks at: place, size and turn, and the pixels in it."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.geometry import Affine, Box
from core.models.trust import Trust
from core.pose.pose_track import Pose
from core.pose.skeleton import Skeleton

_MOST_SAMPLES = 8  # per crop pixel and axis; beyond it aliasing no longer shows
_ENLARGED = 1.5  # keypoints -> crop: hands, feet and crown lie outside the keypoints
_TORSOS = 3.0  # least side in lengths of the trunk, so that hidden legs can come back
_SURE = 0.2  # keypoints below say nothing about where the body ends
_UPPER = ("left_shoulder", "right_shoulder", "head")
_LOWER = ("left_hip", "right_hip")


@dataclass(frozen=True)
class Crop:
    """A square about `centre` (frame pixels), content turned `degrees` clockwise from upright.

    A mirrored one shows the person's left as right; who looks through it swaps the sides back.
    """

    centre: tuple[float, float]
    side: float
    degrees: float = 0.0
    is_mirrored: bool = False

    @staticmethod
    def whole(box: Box, degrees: float = 0.0) -> "Crop":
        """The square that holds a box at every turn by 90 degrees."""
        return Crop(box.centre, box.side, degrees)

    def affine(self, size: int) -> Affine:
        """Frame -> crop of `size` x `size` pixels."""
        plain = Affine.crop(self.centre, self.side, self.degrees, size)
        return plain.then(Affine.mirror(size)) if self.is_mirrored else plain

    def varied(self, turn: float, zoom: float, *, is_mirrored: bool) -> "Crop":
        """The square turned by some degrees more, its content `zoom` times larger."""
        return Crop(self.centre, self.side / zoom, self.degrees + turn, is_mirrored)

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

    def differs_from(self, other: "Crop") -> bool:
        """Whether a look at the other square would show the infant at another place or size."""
        apart = math.dist(self.centre, other.centre)
        return apart > 0.1 * other.side or not 0.8 < self.side / other.side < 1.25


@dataclass(frozen=True, eq=False)
class Body:
    """Keypoints (K, 2) in frame pixels and their confidence (K,), as far as crops need them."""

    xy: NDArray[np.float32]
    confidence: NDArray[np.float32]
    skeleton: Skeleton

    @staticmethod
    def of_pose(pose: Pose, skeleton: Skeleton, trust: Trust | None) -> "Body":
        """A pose in which confidence is what `trust` made of the network's own number."""
        raw = pose.confidence if trust is None else trust.raw(pose.confidence)
        return Body(pose.xy, raw, skeleton)

    @property
    def upright(self) -> Crop:
        """The square in which the trunk stands upright."""
        return self.crop(self.turn)

    def crop(self, degrees: float) -> Crop:
        """The square around the infant, for a network that is to see it turned back so far."""
        back = Affine.rotation(-degrees)
        sure = self.confidence >= min(_SURE, float(self.confidence.max()))
        box = Box.around(back(self.xy[sure]))
        neck, pelvis = self.xy[self.skeleton.indices("neck", "pelvis")].astype(np.float64)
        side = max(_ENLARGED * box.side, _TORSOS * math.dist(neck, pelvis), 1.0)
        x, y = back.inverse(np.array(box.centre))
        return Crop((float(x), float(y)), side, degrees)

    @property
    def turn(self) -> float:
        """How far the trunk stands turned clockwise, in degrees: from shoulders down to hips."""
        x, y = self._middle(_LOWER) - self._middle(_UPPER)
        return math.degrees(math.atan2(-x, y))

    def _middle(self, names: tuple[str, ...]) -> NDArray[np.float64]:
        at = self.skeleton.indices(*names)
        weights = self.confidence[at].astype(np.float64) + 1e-3
        return np.average(self.xy[at].astype(np.float64), axis=0, weights=weights)
