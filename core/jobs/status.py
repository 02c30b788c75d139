"""Where a job stands: a small file that is replaced in one step, so it is never half read."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeFloat, NonNegativeInt

from core.jobs.process import WorkerProcess


class JobState(StrEnum):
    """The life of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"  # asked to stop, still working; told by the reader, never written
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"  # its process is gone; told by the reader, never written

    @property
    def is_active(self) -> bool:
        """Whether something works on it, or is about to."""
        return self in (JobState.QUEUED, JobState.RUNNING, JobState.STOPPING)

    @property
    def can_resume(self) -> bool:
        """Whether launching it again goes on where it ended."""
        return self in (JobState.FAILED, JobState.STOPPED, JobState.INTERRUPTED)


class JobStatus(BaseModel):
    """The content of status.json; `done` of `total` in frames, times in seconds since 1970."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    state: JobState = JobState.QUEUED
    process: WorkerProcess | None = None
    heartbeat: float = 0.0
    done: NonNegativeInt = 0
    total: NonNegativeInt = 0  # 0 while unknown
    seconds_left: NonNegativeFloat | None = None
    reason: str = ""  # why it failed, in words for the user
    awake: bool | None = None  # whether the computer is kept from sleeping; None: nobody tries
    activity: str = ""  # what it is at, in words for the user; of an adaptation
