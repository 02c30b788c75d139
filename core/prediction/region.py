"""A region that the user drew: what lies outside does not exist for the predictor."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.geometry import Box


@dataclass(frozen=True)
class Region:
    """Whole pixels of a frame: columns [left, right), rows [top, bottom)."""

    left: int
    top: int
    right: int
    bottom: int

    @staticmethod
    def of(roi: Box | None, image: NDArray[np.uint8]) -> "Region":
        """The part of the frame that a region covers, all of it without one.

        Raises:
            BadInput: the region lies outside the frame.
        """
        height, width = image.shape[:2]
        if roi is None:
            return Region(0, 0, width, height)
        region = _inside(roi, width, height)
        if region is None:
            raise BadInput(
                f"The region {roi.x:g},{roi.y:g},{roi.width:g},{roi.height:g} lies outside "
                f"the frame of {width} x {height} pixels; draw it inside."
            )
        return region

    @staticmethod
    def touches(roi: Box | None, image: NDArray[np.uint8]) -> bool:
        """Whether any of the frame lies in the region, as all of it does without one."""
        height, width = image.shape[:2]
        return roi is None or _inside(roi, width, height) is not None

    def of_image(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The pixels in the region (a view)."""
        return image[self.top : self.bottom, self.left : self.right]

    def to_frame(self, xy: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points in the region's pixels, in the frame's."""
        return xy + np.array([self.left, self.top], np.float32)

    def from_frame(self, xy: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points in the frame's pixels, in the region's."""
        return xy - np.array([self.left, self.top], np.float32)


def _inside(roi: Box, width: int, height: int) -> Region | None:
    left, right = (int(np.clip(v, 0, width)) for v in (roi.x, round(roi.x + roi.width)))
    top, bottom = (int(np.clip(v, 0, height)) for v in (roi.y, round(roi.y + roi.height)))
    if right - left < 1 or bottom - top < 1:
        return None
    return Region(left, top, right, bottom)
