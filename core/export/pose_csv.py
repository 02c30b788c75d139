"""Poses as CSV, wide (a row for each frame) or long (a row for each keypoint of each frame).

Pixels of the frame as displayed, origin top left, pixel i covers [i, i+1). An absent keypoint has
visibility 0 and empty x, y and confidence.
"""

from collections.abc import Sequence
from typing import BinaryIO, Literal

import numpy as np
from numpy.typing import NDArray

from core.export.text_fields import Field, decimals, integers, join_rows, words
from core.pose.pose_track import PoseTrack, Source
from core.pose.skeleton import Skeleton

CsvLayout = Literal["wide", "long"]

POINT_COLUMNS = ("x", "y", "confidence", "visibility", "source")
_BLOCK = 2048  # frames formatted at once: a few megabytes
_SOURCES = words([source.word for source in Source])


class PoseCsv:
    """Writes one recording's poses as they come, in frame order, with bounded memory."""

    def __init__(
        self,
        file: BinaryIO,
        skeleton: Skeleton,
        *,
        layout: CsvLayout,
        file_names: Sequence[str] | None = None,
    ) -> None:
        """Write the header; `file_names` of an image folder become the last column."""
        self._file = file
        self._layout: CsvLayout = layout
        self._keypoints = words(skeleton.keypoints)
        self._file_names = file_names
        names = columns(skeleton, layout, with_files=file_names is not None)
        file.write((",".join(names) + "\n").encode("utf-8"))

    def write(self, start: int, times: NDArray[np.float64], track: PoseTrack) -> None:
        """Append frames [start, start + T); `times` (T,) are their seconds."""
        for at in range(0, len(track), _BLOCK):
            part = track.part(at, at + _BLOCK)
            frames = np.arange(start + at, start + at + len(part))
            self._file.write(self._lines(frames, times[at : at + len(part)], part))

    def _lines(
        self, frames: NDArray[np.int64], times: NDArray[np.float64], track: PoseTrack
    ) -> bytes:
        heads = [integers(frames), decimals(times, 6)]
        tails = [] if self._file_names is None else [self._files(frames)]
        points = _point_fields(track)
        if self._layout == "wide":
            flat = [points[k][:, i] for i in range(len(self._keypoints)) for k in range(5)]
            fields = [*heads, *flat, *tails]
        else:
            fields = _long_fields(heads, self._keypoints, points, tails)
        return join_rows(fields, b"," * (len(fields) - 1) + b"\n")

    def _files(self, frames: NDArray[np.int64]) -> Field:
        assert self._file_names is not None
        return words(self._file_names[frames[0] : frames[-1] + 1])


def columns(skeleton: Skeleton, layout: CsvLayout, *, with_files: bool) -> list[str]:
    """The header cells."""
    wide = [f"{keypoint}_{column}" for keypoint in skeleton.keypoints for column in POINT_COLUMNS]
    middle = wide if layout == "wide" else ["keypoint", *POINT_COLUMNS]
    return ["frame", "time_s", *middle, *(["file"] if with_files else [])]


def _point_fields(track: PoseTrack) -> list[Field]:
    """The five columns of every point, each (T, K, width)."""
    placed = track.visibility > 0
    xy = np.where(placed[..., None], track.xy, np.nan)
    return [
        decimals(xy[..., 0], 2),
        decimals(xy[..., 1], 2),
        decimals(np.where(placed, track.confidence, np.nan), 4),
        integers(track.visibility),
        _SOURCES[track.source],
    ]


def _long_fields(
    heads: Sequence[Field], keypoints: Field, points: Sequence[Field], tails: Sequence[Field]
) -> list[Field]:
    """Every frame's cells once for each keypoint, with the keypoint's name and its five cells."""
    frames, count = points[0].shape[:2]
    names = np.tile(keypoints, (frames, 1))
    flat = [field.reshape(frames * count, -1) for field in points]
    return [
        *(np.repeat(field, count, axis=0) for field in heads),
        names,
        *flat,
        *(np.repeat(field, count, axis=0) for field in tails),
    ]
