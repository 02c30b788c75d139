"""Poses as arrays: one infant in one frame, and over one recording."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from core.pose.skeleton import Skeleton


class Visibility(IntEnum):
    """What is known of a point; the numbers are COCO's and are exported."""

    ABSENT = 0
    HIDDEN = 1
    SEEN = 2


class Source(IntEnum):
    """Who placed a point."""

    MODEL = 0
    HUMAN = 1
    INTERPOLATED = 2

    @property
    def word(self) -> str:
        """The word used in files: model, human or interpolated."""
        return self.name.lower()


@dataclass(frozen=True)
class Point:
    """One keypoint in one frame; `xy` is None exactly where visibility is ABSENT."""

    xy: tuple[float, float] | None
    confidence: float
    visibility: Visibility
    source: Source


@dataclass(frozen=True, eq=False)
class Pose:
    """One infant in one frame, K keypoints; absent points are NaN.

    xy (K, 2) float32 in frame pixels; confidence (K,) float32 in [0, 1]; visibility (K,) uint8;
    source (K,) uint8.
    """

    xy: NDArray[np.float32]
    confidence: NDArray[np.float32]
    visibility: NDArray[np.uint8]
    source: NDArray[np.uint8]

    @staticmethod
    def absent(keypoints: int) -> "Pose":
        """A frame without an infant, as a model says it."""
        return Pose(
            np.full((keypoints, 2), np.nan, np.float32),
            np.zeros(keypoints, np.float32),
            np.zeros(keypoints, np.uint8),
            np.zeros(keypoints, np.uint8),
        )

    @property
    def is_empty(self) -> bool:
        """Whether no keypoint is placed."""
        return not self.visibility.any()

    def with_point(self, keypoint: int, point: Point) -> "Pose":
        """A copy with one keypoint replaced."""
        pose = Pose(
            self.xy.copy(), self.confidence.copy(), self.visibility.copy(), self.source.copy()
        )
        pose.xy[keypoint] = (np.nan, np.nan) if point.xy is None else point.xy
        pose.confidence[keypoint] = point.confidence
        pose.visibility[keypoint] = point.visibility
        pose.source[keypoint] = point.source
        return pose

    def point(self, keypoint: int) -> Point:
        """One keypoint as a value."""
        visibility = Visibility(int(self.visibility[keypoint]))
        x, y = (float(v) for v in self.xy[keypoint])
        return Point(
            None if visibility is Visibility.ABSENT else (x, y),
            float(self.confidence[keypoint]),
            visibility,
            Source(int(self.source[keypoint])),
        )


@dataclass(frozen=True, eq=False)
class PoseTrack:
    """One infant over T frames of a recording: the columns of Pose with a leading axis T."""

    skeleton: Skeleton
    xy: NDArray[np.float32]
    confidence: NDArray[np.float32]
    visibility: NDArray[np.uint8]
    source: NDArray[np.uint8]

    def __post_init__(self) -> None:
        """Refuse arrays whose shapes do not fit each other (ValueError)."""
        shape = (len(self.xy), len(self.skeleton))
        shapes = (self.confidence.shape, self.visibility.shape, self.source.shape)
        if self.xy.shape != (*shape, 2) or any(other != shape for other in shapes):
            raise ValueError(f"pose arrays {self.xy.shape}, {shapes} do not fit {shape}")

    @staticmethod
    def empty(skeleton: Skeleton, frames: int) -> "PoseTrack":
        """A track in which no frame shows an infant."""
        shape = (frames, len(skeleton))
        return PoseTrack(
            skeleton,
            np.full((*shape, 2), np.nan, np.float32),
            np.zeros(shape, np.float32),
            np.zeros(shape, np.uint8),
            np.zeros(shape, np.uint8),
        )

    @staticmethod
    def stack(skeleton: Skeleton, poses: Sequence[Pose]) -> "PoseTrack":
        """A track from poses in frame order."""
        if not poses:
            return PoseTrack.empty(skeleton, 0)
        return PoseTrack(
            skeleton,
            np.stack([pose.xy for pose in poses]),
            np.stack([pose.confidence for pose in poses]),
            np.stack([pose.visibility for pose in poses]),
            np.stack([pose.source for pose in poses]),
        )

    @staticmethod
    def joined(skeleton: Skeleton, parts: Iterable["PoseTrack"]) -> "PoseTrack":
        """One track of several that follow each other."""
        tracks = [PoseTrack.empty(skeleton, 0), *parts]
        return PoseTrack(
            skeleton,
            np.concatenate([track.xy for track in tracks]),
            np.concatenate([track.confidence for track in tracks]),
            np.concatenate([track.visibility for track in tracks]),
            np.concatenate([track.source for track in tracks]),
        )

    def __len__(self) -> int:
        """How many frames there are."""
        return len(self.xy)

    def pose(self, frame: int) -> Pose:
        """The pose in one frame (views, not copies)."""
        return Pose(
            self.xy[frame], self.confidence[frame], self.visibility[frame], self.source[frame]
        )

    def part(self, start: int, stop: int) -> "PoseTrack":
        """Frames [start, stop) (views, not copies)."""
        span = slice(start, stop)
        return PoseTrack(
            self.skeleton,
            self.xy[span],
            self.confidence[span],
            self.visibility[span],
            self.source[span],
        )
