"""Reads what is new in job folders; runs in a thread and touches nothing of the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import JobFailed, ShiftError
from core.jobs.events import AnyEvent, ChunkWritten
from core.jobs.folder import JobFolder
from core.jobs.status import JobStatus
from core.pose.prediction_chunk import PredictionChunk
from core.pose.skeleton import Skeleton


@dataclass(frozen=True)
class Wanted:
    """What to read of one job: events behind `position`, and these chunks."""

    key: str
    folder: JobFolder
    position: int
    chunks: tuple[ChunkWritten, ...]


@dataclass(frozen=True)
class Seen:
    """What was there."""

    key: str
    status: JobStatus
    events: tuple[AnyEvent, ...]
    position: int
    chunks: tuple[PredictionChunk, ...]


@dataclass(frozen=True)
class Unseen:
    """A job that could not be read this time, in a sentence."""

    key: str
    problem: str


def look(wanted: Sequence[Wanted], skeleton: Skeleton) -> list[Seen | Unseen]:
    """Read all jobs; one that cannot be read does not hold up the others."""
    return [_look_at(job, skeleton) for job in wanted]


def _look_at(job: Wanted, skeleton: Skeleton) -> Seen | Unseen:
    try:
        # The status first: events that it rests on are then never missing.
        status = job.folder.status()
        page = job.folder.events(job.position)
        chunks = tuple(_read(job.folder.chunks_path / c.file, skeleton) for c in job.chunks)
    except ShiftError as error:
        return Unseen(job.key, str(error))
    return Seen(job.key, status, page.events, page.position, chunks)


def _read(path: Path, skeleton: Skeleton) -> PredictionChunk:
    try:
        return PredictionChunk.decode(path.read_bytes(), skeleton)
    except (OSError, ValueError) as error:
        raise JobFailed(
            f"{path}: these predictions cannot be read ({error}); predict the recording again."
        ) from error
