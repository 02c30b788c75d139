"""The outline of an infant in one frame: rings in frame pixels, crisp at every zoom."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.geometry import Affine

_STEPS_PER_PIXEL = 8  # stored precision: an eighth of a pixel
_MIN_RING_AREA = 0.002  # of the mask; smaller islands and holes are noise of the network


@dataclass(frozen=True, eq=False)
class Silhouette:
    """Closed rings (N, 2) float32 in frame pixels; inside is even-odd, so holes are rings too."""

    rings: tuple[NDArray[np.float32], ...]

    @staticmethod
    def from_mask(mask: NDArray[np.bool_], to_frame: Affine) -> "Silhouette":
        """Trace a mask (H, W) seen through a crop; `to_frame` maps crop to frame coordinates."""
        contours, _ = cv2.findContours(
            mask.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_TC89_KCOS
        )
        least = _MIN_RING_AREA * mask.size
        return Silhouette(
            tuple(
                to_frame(contour[:, 0, :] + 0.5).astype(np.float32)
                for contour in contours
                if len(contour) > 2 and cv2.contourArea(contour) >= least
            )
        )

    def to_mask(self, width: int, height: int) -> NDArray[np.bool_]:
        """Fill the rings into an image of this size."""
        mask = np.zeros((height, width), np.uint8)
        shift = 4
        rings = [np.round((ring - 0.5) * (1 << shift)).astype(np.int32) for ring in self.rings]
        if rings:
            cv2.fillPoly(mask, rings, 1, shift=shift)
        return mask.astype(bool)

    def encode(self) -> bytes:
        """Ring count, ring lengths (uint16), then coordinates (int32, eighths of a pixel)."""
        lengths = np.array([len(self.rings), *map(len, self.rings)], dtype="<u2")
        steps = [np.round(ring * _STEPS_PER_PIXEL).astype("<i4").tobytes() for ring in self.rings]
        return lengths.tobytes() + b"".join(steps)

    @staticmethod
    def decode(content: bytes) -> "Silhouette":
        """Read what `encode` wrote; raises ValueError if it is damaged."""
        count = int(np.frombuffer(content, "<u2", 1)[0])
        lengths = np.frombuffer(content, "<u2", count, offset=2)
        xy = np.frombuffer(content, "<i4", offset=2 + 2 * count).reshape(-1, 2)
        if len(xy) != lengths.sum():
            raise ValueError("silhouette is damaged")
        parts = np.split(
            (xy / _STEPS_PER_PIXEL).astype(np.float32), np.cumsum(lengths, dtype=np.int64)[:-1]
        )
        return Silhouette(tuple(parts) if count else ())
