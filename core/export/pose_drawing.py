"""Draw a pose and a silhouette into a picture: sides by colour, doubt by shape.

A seen point is a disc; one that is hidden or doubtful is a ring, and the bones at it are thin and
dashed; a point that a person placed has a white core. Sizes follow the size of the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.pose.palette import HALO, HUMAN_MARK, RGB, SIDE_COLOURS, SILHOUETTE, SILHOUETTE_OPACITY
from core.pose.pose_track import Pose, Source, Visibility
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton

Picture = NDArray[np.uint8]

_SHIFT = 4  # OpenCV draws at sixteenths of a pixel
_RADIUS = 0.0068  # of the picture's diagonal
_FAR = 1 << 14  # OpenCV overflows far outside a picture; nothing of a pose lies out there


@dataclass(frozen=True)
class PosePainter:
    """Draws poses of one skeleton into pictures of one size."""

    skeleton: Skeleton
    radius: float  # of a seen point, pixels

    @staticmethod
    def for_pictures(skeleton: Skeleton, width: int, height: int) -> "PosePainter":
        """A painter whose sizes suit pictures of this size."""
        return PosePainter(skeleton, max(_RADIUS * float(np.hypot(width, height)), 2.0))

    def paint(self, picture: Picture, pose: Pose) -> None:
        """Draw the pose into an RGB picture (H, W, 3), in place."""
        bones = [(a, b) for a, b in self.skeleton.bone_indices if _placed(pose, a, b)]
        for a, b in bones:
            self._bone(picture, pose, (a, b), halo=True)
        for a, b in bones:
            self._bone(picture, pose, (a, b), halo=False)
        for k in np.flatnonzero(_drawable(pose)):
            self._point(picture, pose, int(k))

    def _bone(self, picture: Picture, pose: Pose, bone: tuple[int, int], *, halo: bool) -> None:
        ends = list(bone)
        firm = bool((pose.visibility[ends] == Visibility.SEEN).all())
        width = self.radius * (0.72 if firm else 0.4) + (self.radius * 0.5 if halo else 0.0)
        colour = HALO if halo else self._bone_colour(bone)
        for start, stop in [(0.0, 1.0)] if firm else _dashes(pose.xy[ends], 3.0 * self.radius):
            a, b = (
                pose.xy[ends[0]] + t * (pose.xy[ends[1]] - pose.xy[ends[0]]) for t in (start, stop)
            )
            cv2.line(
                picture, _fixed(a), _fixed(b), colour, max(round(width), 1), cv2.LINE_AA, _SHIFT
            )

    def _bone_colour(self, bone: tuple[int, int]) -> RGB:
        start, end = self._colour(bone[0]), self._colour(bone[1])
        return end if start == SIDE_COLOURS["middle"] else start

    def _colour(self, keypoint: int) -> RGB:
        return SIDE_COLOURS[self.skeleton.side(self.skeleton.keypoints[keypoint])]

    def _point(self, picture: Picture, pose: Pose, k: int) -> None:
        xy, colour = pose.xy[k], self._colour(k)
        r = self.radius
        if pose.visibility[k] == Visibility.SEEN:
            _disc(picture, xy, 1.3 * r, HALO)
            _disc(picture, xy, r, colour)
        else:
            _ring(picture, xy, r, HALO, 0.7 * r)
            _ring(picture, xy, r, colour, 0.36 * r)
        if pose.source[k] == Source.HUMAN:
            _disc(picture, xy, 0.42 * r, HUMAN_MARK)


def paint_silhouette(picture: Picture, silhouette: Silhouette) -> None:
    """Tint the infant and trace the outline, in place."""
    rings = [np.round((ring - 0.5) * (1 << _SHIFT)).astype(np.int32) for ring in silhouette.rings]
    if not rings:
        return
    tint = picture.copy()
    cv2.fillPoly(tint, rings, SILHOUETTE, cv2.LINE_AA, _SHIFT)
    cv2.addWeighted(tint, SILHOUETTE_OPACITY, picture, 1 - SILHOUETTE_OPACITY, 0, dst=picture)
    width = max(round(min(picture.shape[:2]) / 320), 1)
    cv2.polylines(picture, rings, True, SILHOUETTE, width, cv2.LINE_AA, _SHIFT)


def _drawable(pose: Pose) -> NDArray[np.bool_]:
    near = (np.abs(pose.xy) < _FAR).all(axis=-1)  # False for NaN too
    return (pose.visibility > 0) & near


def _placed(pose: Pose, a: int, b: int) -> bool:
    return bool(_drawable(pose)[[a, b]].all())


def _dashes(ends: NDArray[np.float32], length: float) -> Sequence[tuple[float, float]]:
    """Shares of the way at which dashes start and stop; a dash at either end."""
    distance = float(np.hypot(*(ends[1] - ends[0])))
    count = max(round(distance / length), 1)
    step = 1.0 / (count - 0.45)
    return [(i * step, min(i * step + 0.55 * step, 1.0)) for i in range(count)]


def _fixed(xy: NDArray[np.floating]) -> tuple[int, int]:
    """Coordinates -> OpenCV's fixed-point pixel indices."""
    x, y = np.round((xy - 0.5) * (1 << _SHIFT))
    return int(x), int(y)


def _disc(picture: Picture, xy: NDArray[np.floating], radius: float, colour: RGB) -> None:
    cv2.circle(picture, _fixed(xy), round(radius * (1 << _SHIFT)), colour, -1, cv2.LINE_AA, _SHIFT)


def _ring(
    picture: Picture, xy: NDArray[np.floating], radius: float, colour: RGB, width: float
) -> None:
    cv2.circle(
        picture,
        _fixed(xy),
        round(radius * (1 << _SHIFT)),
        colour,
        max(round(width), 1),
        cv2.LINE_AA,
        _SHIFT,
    )
