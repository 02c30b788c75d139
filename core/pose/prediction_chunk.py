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

    def __post_init__(self) -> None:
        """Refuse silhouettes of other frames (ValueError)."""
        if len(self.silhouettes) not in (0, len(self.track)):
            raise ValueError(f"{len(self.silhouettes)} silhouettes for {len(self.track)} frames")

    @property
    def stop(self) -> int:
        """One past the last frame."""
        return self.start + len(self.track)

    def encode(self) -> bytes:
        """Header, xy, confidence, visibility, then the packed silhouettes; no pickle."""
        return b"".join(self.encode_parts())

    def encode_parts(self) -> tuple[bytes, bytes]:
        """`encode` cut in two: header and poses, which `decode_poses` reads, then silhouettes."""
        outlines = [b"" if s is None else s.encode() for s in self.silhouettes]
        lengths = np.array([len(outline) for outline in outlines], dtype="<u4").tobytes()
        packed = zlib.compress(b"".join(outlines), 1)
        counts = (len(self.track.skeleton), self.start, len(self.track), len(lengths), len(packed))
        poses = (
            _HEADER.pack(_MAGIC, _VERSION, *counts),
            self.track.xy.astype("<f4").tobytes(),
            self.track.confidence.astype("<f4").tobytes(),
            self.track.visibility.astype(np.uint8).tobytes(),
        )
        return b"".join(poses), lengths + packed

    @staticmethod
    def decode(
        content: bytes, skeleton: Skeleton, *, silhouettes: bool = True
    ) -> "PredictionChunk":
        """Read what `encode` wrote; raises ValueError if the bytes are damaged or foreign."""
        keypoints, _, frames, n_lengths, n_packed = _header(content)
        at = _HEADER.size + 13 * frames * keypoints
        if len(content) != at + n_lengths + n_packed:
            raise ValueError("prediction chunk is cut off")
        poses = PredictionChunk.decode_poses(content[:at], skeleton)
        if not silhouettes:
            return poses
        outlines = _outlines(content[at : at + n_lengths], content[at + n_lengths :])
        return PredictionChunk(poses.start, poses.track, outlines)

    @staticmethod
    def decode_poses(poses: bytes, skeleton: Skeleton) -> "PredictionChunk":
        """Read the first part of `encode_parts`: the chunk without silhouettes; raises ValueError.

        The arrays are views of `poses` and cannot be written to.
        """
        keypoints, start, frames, _, _ = _header(poses)
        cells = frames * keypoints
        if keypoints != len(skeleton) or len(poses) != _HEADER.size + 13 * cells:
            raise ValueError("prediction chunk is cut off or of another skeleton")
        at = _HEADER.size
        track = PoseTrack(
            skeleton,
            np.frombuffer(poses, "<f4", 2 * cells, at).reshape(frames, keypoints, 2),
            np.frombuffer(poses, "<f4", cells, at + 8 * cells).reshape(frames, keypoints),
            np.frombuffer(poses, np.uint8, cells, at + 12 * cells).reshape(frames, keypoints),
            np.zeros((frames, keypoints), np.uint8),
        )
        return PredictionChunk(start, track)


def _header(content: bytes) -> tuple[int, int, int, int, int]:
    if len(content) < _HEADER.size:
        raise ValueError("prediction chunk is cut off")
    magic, version, *counts = _HEADER.unpack_from(content)
    if magic != _MAGIC or version != _VERSION:
        raise ValueError("not a prediction chunk of this version")
    keypoints, start, frames, n_lengths, n_packed = counts
    return keypoints, start, frames, n_lengths, n_packed


def _outlines(lengths: bytes, packed: bytes) -> tuple[Silhouette | None, ...]:
    sizes = np.frombuffer(lengths, "<u4")
    try:
        content = zlib.decompress(packed)
    except zlib.error as error:
        raise ValueError("prediction chunk is damaged") from error
    ends = np.cumsum(sizes, dtype=np.int64)
    if len(content) != (ends[-1] if len(ends) else 0):
        raise ValueError("prediction chunk is damaged")
    parts = [content[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    return tuple(Silhouette.decode(part) if part else None for part in parts)
