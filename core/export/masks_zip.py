"""Silhouettes as a zip with one 8-bit PNG for each frame: 255 shows the infant, 0 does not."""

import zipfile
from pathlib import Path

import cv2
import numpy as np

from core.pose.silhouette import Silhouette


class MasksZip:
    """Writes masks as they come, named by their frame number."""

    def __init__(self, path: Path) -> None:
        """Start the archive at `path`."""
        # PNG is compressed already, and a second time would only cost time.
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)

    def write(self, frame: int, silhouette: Silhouette | None, size: tuple[int, int]) -> None:
        """Add the mask of a frame of `size` (width, height); None gives an empty one."""
        width, height = size
        shown = (silhouette or Silhouette(())).to_mask(width, height)
        _, png = cv2.imencode(".png", shown.astype(np.uint8) * 255)
        self._archive.writestr(mask_name(frame), png.tobytes())

    def close(self) -> None:
        """Complete the archive."""
        self._archive.close()

    def __enter__(self) -> "MasksZip":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def mask_name(frame: int) -> str:
    """The file name of a frame's mask inside the archive."""
    return f"{frame:06d}.png"
