"""Predictions on disk as one file for each stretch of frames, complete up to some frame."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.atomic_file import write_bytes
from core.pose.pose_track import Pose
from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton


def chunk_files(folder: Path) -> list[Path]:
    """The files of chunks in frame order; what a killed process left half written is none."""
    return sorted(folder.glob("[0-9]*.chunk"))


@dataclass(frozen=True)
class ChunkFolder:
    """The chunks of one recording, named by their first frame."""

    path: Path
    skeleton: Skeleton

    def write(self, chunk: PredictionChunk) -> None:
        """Keep a chunk, in one step; raises NoSpace."""
        write_bytes(self.path / self.file_name(chunk), chunk.encode())

    @staticmethod
    def file_name(chunk: PredictionChunk) -> str:
        """What a chunk's file is called."""
        return f"{chunk.start:08d}.chunk"

    def chunks(self, *, silhouettes: bool = True) -> Iterator[PredictionChunk]:
        """The chunks from frame 0 on, up to the first gap or damage."""
        stop = 0
        for file in chunk_files(self.path):
            chunk = self._read(file, silhouettes=silhouettes)
            if chunk is None or chunk.start != stop:
                return
            yield chunk
            stop = chunk.stop

    def frames(self) -> Iterator[tuple[Pose, Silhouette | None]]:
        """Frame by frame what the chunks hold."""
        for chunk in self.chunks():
            outlines = chunk.silhouettes or (None,) * len(chunk.track)
            for i, outline in enumerate(outlines):
                yield chunk.track.pose(i), outline

    def end(self) -> tuple[int, Pose | None]:
        """The frame at which to go on, and the pose before it (None at the beginning)."""
        stop, last = 0, None
        for chunk in self.chunks(silhouettes=False):
            stop, last = chunk.stop, chunk.track.pose(-1)
        return stop, last

    def _read(self, file: Path, *, silhouettes: bool) -> PredictionChunk | None:
        try:
            return PredictionChunk.decode(file.read_bytes(), self.skeleton, silhouettes=silhouettes)
        except ValueError:
            return None
