"""One background job as the window knows it."""

import shutil
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

from app.jobs.job_owner import JobOwner
from core.errors import ShiftError
from core.jobs.events import (
    AnyEvent,
    Chosen,
    ChunkWritten,
    Failed,
    FileWritten,
    Finished,
    Judged,
    Pictured,
    Progressed,
    Started,
    Stopped,
    Trained,
    Warned,
)
from core.jobs.folder import JobFolder
from core.jobs.requests import ExportRequest
from core.jobs.status import JobState, JobStatus


@dataclass(frozen=True)
class JobSummary:
    """What a list shows of a job."""

    key: str
    title: str
    kind: str  # "predict", "export", "survey", "adapt" or "compare"
    recording: int | None
    state: JobState
    fraction: float
    seconds_left: float | None
    activity: str  # what it is at, in words; empty for jobs that do one thing
    sentence: str  # why it failed, in words
    details: str  # for a report
    log: Path
    out: Path | None  # where an export's files are

    @property
    def is_active(self) -> bool:
        """Whether it runs or waits to run."""
        return self.state.is_active


@dataclass
class WatchedJob:
    """What has been read of a job's folder so far, and the chunks that wait to be taken over."""

    folder: JobFolder
    owner: JobOwner
    kind: str
    out: Path | None
    status: JobStatus = field(default_factory=JobStatus)
    position: int = 0
    started: Started | None = None
    prediction: int | None = None
    waiting: deque[ChunkWritten] = field(default_factory=deque)
    warnings: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    failure: Failed | None = None
    looks_in_vain: int = 0
    stale_look: int = 0  # what this look saw is older than the job's last start
    is_taken_over: bool = False  # everything it made is where it belongs

    @staticmethod
    def of(folder: JobFolder, owner: JobOwner) -> "WatchedJob":
        """A job of which nothing has been heard yet."""
        request = folder.request
        out = request.out if isinstance(request, ExportRequest) else None
        return WatchedJob(folder, owner, request.kind, out)

    @property
    def key(self) -> str:
        """Its name among all jobs."""
        return self.folder.path.name

    def summary(self) -> JobSummary:
        """A value for lists."""
        status = self.status
        return JobSummary(
            key=self.key,
            title=self.owner.title,
            kind=self.kind,
            recording=self.owner.recording,
            state=status.state,
            fraction=min(status.done / status.total, 1.0) if status.total else 0.0,
            seconds_left=status.seconds_left,
            activity=status.activity,
            sentence=status.reason or (self.failure.reason if self.failure else ""),
            details=self.failure.details if self.failure else "",
            log=self.folder.log_path,
            out=self.out,
        )

    def begin_again(self) -> None:
        """Show it as waiting until its new process has spoken."""
        self.failure = None
        self.is_taken_over = False
        self.status = replace_state(self.status, JobState.QUEUED)

    def give_up(self, reason: str) -> None:
        """Show it as failed, and look no more."""
        self.status = replace_state(self.status, JobState.FAILED)
        self.failure = Failed(reason=reason)
        self.is_taken_over = True

    def hear(self, event: AnyEvent) -> None:
        """Take note of one event."""
        match event:
            case Started():
                self.started, self.failure = event, None
            case ChunkWritten():
                self.waiting.append(event)
            case Warned(text=text):
                if text not in self.warnings:
                    self.warnings.append(text)
            case FileWritten(file=file):
                self.files.append(file)
            case Failed():
                self.failure = event
            case (
                Progressed() | Finished() | Stopped() | Trained() | Pictured() | Chosen() | Judged()
            ):
                pass  # status.json says the same, and always the newest; views hear of trainings
            case _:
                assert_never(event)


def replace_state(status: JobStatus, state: JobState) -> JobStatus:
    """The same status in another state."""
    return status.model_copy(update={"state": state, "reason": "", "seconds_left": None})


def discard(job: WatchedJob) -> None:
    """Delete a job's folder; a worker that does not hear is ended first."""
    with suppress(ShiftError):  # a status that cannot be read names no process
        process = job.folder.status().process
        if process is not None:
            process.end()
    shutil.rmtree(job.folder.path, ignore_errors=True)
