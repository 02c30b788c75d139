"""Poses as CSV, wide (a row for each frame) or long (a row for each keypoint of each frame).

Pixels of the frame as displayed, origin top left, pixel i covers [i, i+1). An absent keypoint has
visibility 0 and empty x, y and confidence; its source is empty where no model has looked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal

import numpy as np
from numpy.typing import NDArray

from core.export.text_fields import Field, decimals, integers, join_rows, words
from core.pose.pose_track import PoseTrack, Source
from core.pose.skeleton import Skeleton

CsvLayout = Literal["wide", "long"]

POINT_COLUMNS = ("x", "y", "confidence", "visibility", "source")
_BLOCK = 2048  # frames formatted at once: a few megabytes
_SOURCES = words([*(source.word for source in Source), ""])
_NOBODY = len(Source)  # where no model has looked, and nobody placed the point


@dataclass(frozen=True)
class TableShape:
    """What a table's columns are; the `file_names` of an image folder become the last one."""

    skeleton: Skeleton
    layout: CsvLayout
    file_names: tuple[str, ...] | None = None

    @property
    def columns(self) -> list[str]:
        """The header cells."""
        points = ["keypoint", *POINT_COLUMNS]
        if self.layout == "wide":
            points = [f"{k}_{column}" for k in self.skeleton.keypoints for column in POINT_COLUMNS]
        return ["frame", "time_s", *points, *(["file"] if self.file_names is not None else [])]


class PoseCsv:
    """Writes one recording's poses as they come, in frame order, with bounded memory."""

    def __init__(self, file: BinaryIO, shape: TableShape, looked_at: int | None = None) -> None:
        """Write the header; a model has seen the first `looked_at` frames, or all of them."""
        self._file = file
        self._looked_at = looked_at
        self._shape = shape
        self._keypoints = words(shape.skeleton.keypoints)
        file.write((",".join(shape.columns) + "\n").encode("utf-8"))

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
        names = self._shape.file_names
        tails = [] if names is None else [words(names[frames[0] : frames[-1] + 1])]
        points = _point_fields(track, self._sources(frames, track))
        if self._shape.layout == "wide":
            flat = [points[k][:, i] for i in range(len(self._keypoints)) for k in range(5)]
            fields = [*heads, *flat, *tails]
        else:
            fields = _long_fields(heads, self._keypoints, points, tails)
        return join_rows(fields, b"," * (len(fields) - 1) + b"\n")

    def _sources(self, frames: NDArray[np.int64], track: PoseTrack) -> NDArray[np.integer]:
        if self._looked_at is None:
            return track.source
        unseen = (frames >= self._looked_at)[:, None] & (track.source == Source.MODEL)
        return np.where(unseen, _NOBODY, track.source)


def _point_fields(track: PoseTrack, sources: NDArray[np.integer]) -> list[Field]:
    """The five columns of every point, each (T, K, width)."""
    placed = track.visibility > 0
    xy = np.where(placed[..., None], track.xy, np.nan)
    return [
        decimals(xy[..., 0], 2),
        decimals(xy[..., 1], 2),
        decimals(np.where(placed, track.confidence, np.nan), 4),
        integers(track.visibility),
        _SOURCES[sources],
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
