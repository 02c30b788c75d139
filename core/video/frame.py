"""The two values that every recording gives: what it is, and one of its pictures."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_ROUNDING_S = 0.001
"""By how much a step may be off in a container that keeps whole milliseconds, as Matroska does."""


@dataclass(frozen=True)
class VideoInfo:
    """What a recording is, known once it has been indexed.

    Attributes:
        path: the file, or the folder of images.
        width: pixels across as displayed: rotation flag and pixel shape applied. In a folder of
            images of several sizes, the widest; each `Frame.image` keeps its own size.
        height: pixels down as displayed.
        times: (T,) float64, true presentation seconds, always rising, the first is 0.
            Images have no clock: they are taken as one a second.
        variable_rate: whether the steps of `times` differ by more than the container's rounding.
        codec: FFmpeg's name of the codec, or "images".
        warnings: sentences about what is wrong with the file although it can be read.
        file_names: the name of each frame's file for images, else None.
    """

    path: Path
    width: int
    height: int
    times: NDArray[np.float64]
    variable_rate: bool
    codec: str
    warnings: tuple[str, ...] = ()
    file_names: tuple[str, ...] | None = None

    @property
    def frame_count(self) -> int:
        """How many frames there are."""
        return len(self.times)

    @cached_property
    def fps(self) -> float:
        """Frames per second by the usual step; 1 for a single frame.

        The usual step is the mean of all that are the median step but for rounding: the median
        alone would make 33 ms of 33.3, and the mean of all would count gaps.
        """
        steps = np.diff(self.times)
        if not len(steps):
            return 1.0
        median = np.median(steps)
        tolerance = min(1.5 * _ROUNDING_S, median / 2)
        near = steps[np.abs(steps - median) <= tolerance]  # none where two halves differ
        return float(1.0 / (near.mean() if len(near) else median))

    @property
    def duration(self) -> float:
        """Seconds from the first frame to the end of the last, which lasts a usual step."""
        return float(self.times[-1] + 1.0 / self.fps)


@dataclass(frozen=True)
class Frame:
    """One picture of a recording.

    Attributes:
        index: 0 for the first frame.
        time_s: true presentation time in seconds.
        image: (H, W, 3) uint8 RGB as displayed; not to be written to.
        intact: False where the file is damaged: the picture has faults or is the one before; in a
            folder of images it is black.
    """

    index: int
    time_s: float
    image: NDArray[np.uint8]
    intact: bool = True
