"""A stretch of predictions, and the bytes in which job folders and study files keep it."""

import struct
import zlib
from dataclasses import dataclass

import numpy as np

from core.pose.pose_track import PoseTrack
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton

_HEADER = struct.Struct("<4sHHIIII")  # magic, version, keypoints, start, frames, two lengths
_MAGIC = b"SHPC"
_VERSION = 1


@dataclass(frozen=True, eq=False)
class PredictionChunk:
    """Model poses of frames [start, start + len(track)), one silhouette (or None) for each.

    `silhouettes` is empty when segmentation was off.
    """

    start: int
    track: PoseTrack
    silhouettes: tuple[Silhouette | None, ...] = ()

    @property
    def stop(self) -> int:
        """One past the last frame."""
        return self.start + len(self.track)

    def encode(self) -> bytes:
        """Header, xy, confidence, visibility, then the packed silhouettes; no pickle."""
        outlines = [b"" if s is None else s.encode() for s in self.silhouettes]
        lengths = np.array([len(outline) for outline in outlines], dtype="<u4").tobytes()
        packed = zlib.compress(b"".join(outlines), 1)
        header = _HEADER.pack(
            _MAGIC,
            _VERSION,
            len(self.track.skeleton),
            self.start,
            len(self.track),
            len(lengths),
            len(packed),
        )
        return b"".join(
            [
                header,
                self.track.xy.astype("<f4").tobytes(),
                self.track.confidence.astype("<f4").tobytes(),
                self.track.visibility.astype(np.uint8).tobytes(),
                lengths,
                packed,
            ]
        )

    @staticmethod
    def decode(
        content: bytes, skeleton: Skeleton, *, silhouettes: bool = True
    ) -> "PredictionChunk":
        """Read what `encode` wrote; raises ValueError if the bytes are damaged or foreign."""
        if len(content) < _HEADER.size:
            raise ValueError("prediction chunk is cut off")
        magic, version, keypoints, start, frames, n_lengths, n_packed = _HEADER.unpack_from(content)
        if magic != _MAGIC or version != _VERSION or keypoints != len(skeleton):
            raise ValueError("not a prediction chunk of this skeleton and version")
        cells = frames * keypoints
        if len(content) != _HEADER.size + 13 * cells + n_lengths + n_packed:
            raise ValueError("prediction chunk is cut off")
        at = _HEADER.size
        track = PoseTrack(
            skeleton,
            np.frombuffer(content, "<f4", 2 * cells, at).reshape(frames, keypoints, 2),
            np.frombuffer(content, "<f4", cells, at + 8 * cells).reshape(frames, keypoints),
            np.frombuffer(content, np.uint8, cells, at + 12 * cells).reshape(frames, keypoints),
            np.zeros((frames, keypoints), np.uint8),
        )
        at += 13 * cells
        outlines = _outlines(content[at : at + n_lengths], content[at + n_lengths :])
        return PredictionChunk(start, track, outlines if silhouettes else ())


def _outlines(lengths: bytes, packed: bytes) -> tuple[Silhouette | None, ...]:
    sizes = np.frombuffer(lengths, "<u4")
    content = zlib.decompress(packed)
    ends = np.cumsum(sizes, dtype=np.int64)
    parts = [content[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    return tuple(Silhouette.decode(part) if part else None for part in parts)
