"""A job as a folder, which outlives the window and the worker.

request.json    what to do; written last when the folder is made, never changed
status.json     where it stands; replaced in one step
launch.json     the process that was last started for it
events.jsonl    what happened, only appended
chunks/         predictions, one file for each stretch of frames
result.json     what came out, once it is done
stop            its presence asks the worker to stop
finish          its presence asks a training to end now and keep its best
log.txt         everything the worker and its libraries print
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from core.atomic_file import write_text
from core.errors import BadInput
from core.jobs.chunk_folder import chunk_files
from core.jobs.events import EventLog, EventPage
from core.jobs.process import WorkerProcess
from core.jobs.requests import REQUEST, AnyRequest
from core.jobs.status import JobState, JobStatus


@dataclass(frozen=True)
class JobFolder:
    """Read and steer one job by its folder."""

    path: Path

    @staticmethod
    def create(root: Path, request: AnyRequest) -> "JobFolder":
        """Make the folder of a new, queued job under `root`; raises NoSpace."""
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{request.kind}-{secrets.token_hex(2)}"
        folder = JobFolder(root / name)
        folder.write_status(JobStatus())
        write_text(folder.path / "request.json", request.model_dump_json(indent=2))
        return folder

    @property
    def request(self) -> AnyRequest:
        """What the job is to do; raises BadInput if that cannot be read."""
        try:
            return REQUEST.validate_json((self.path / "request.json").read_bytes())
        except (OSError, ValidationError) as error:
            raise BadInput(f"{self.path}: not the folder of a job of this version.") from error

    @property
    def chunks_path(self) -> Path:
        """The folder of the predictions."""
        return self.path / "chunks"

    @property
    def result_path(self) -> Path:
        """What came out of it."""
        return self.path / "result.json"

    @property
    def lock_path(self) -> Path:
        """The file that the worker holds locked while it works."""
        return self.path / "worker.lock"

    @property
    def log_path(self) -> Path:
        """What the worker and its libraries print."""
        return self.path / "log.txt"

    @property
    def event_log(self) -> EventLog:
        """What the job tells."""
        return EventLog(self.path / "events.jsonl")

    def events(self, after: int = 0) -> EventPage:
        """What happened behind a position that an earlier page gave."""
        return self.event_log.read(after)

    def status(self) -> JobStatus:
        """Where the job stands, seen with what is known of its process."""
        written = self._written_status()
        if not written.state.is_active:
            return written
        process = written.process or self._launched()
        if process is not None and not process.is_running:
            last = self._written_status()  # it may have noted its end after we looked
            return _seen(last, JobState.INTERRUPTED) if last.state.is_active else last
        if not self.is_asked_to_stop():
            return written
        return _seen(written, JobState.STOPPED if process is None else JobState.STOPPING)

    def is_alive(self) -> bool:
        """Whether a process works on it, or has been started for it."""
        process = self._written_status().process or self._launched()
        return process is not None and process.is_running

    def write_status(self, status: JobStatus) -> None:
        """Replace the status; for the process that works on the job."""
        write_text(self.path / "status.json", status.model_dump_json())

    def queue(self) -> None:
        """Make the job wait for a new process: no wish to stop, no process of an earlier run."""
        (self.path / "stop").unlink(missing_ok=True)
        (self.path / "launch.json").unlink(missing_ok=True)
        queued = {"state": JobState.QUEUED, "process": None, "seconds_left": None, "reason": ""}
        self.write_status(self._written_status().model_copy(update=queued))

    def remember_launch(self, process: WorkerProcess) -> None:
        """Note which process was started for the job, before that process says so itself."""
        write_text(self.path / "launch.json", process.model_dump_json())

    def ask_to_stop(self) -> None:
        """Let the worker stop after the chunk it is at."""
        write_text(self.path / "stop", "")

    def is_asked_to_stop(self) -> bool:
        """Whether somebody wants it to stop."""
        return (self.path / "stop").exists()

    def ask_to_finish(self) -> None:
        """Let a training end now, and the best that it has found become the model."""
        write_text(self.path / "finish", "")

    def is_asked_to_finish(self) -> bool:
        """Whether somebody wants its training to end now."""
        return (self.path / "finish").exists()

    def chunk_files(self) -> list[Path]:
        """The predictions, in frame order."""
        return chunk_files(self.chunks_path)

    def sweep(self) -> None:
        """Remove what a killed process left half written; for the process that has the job."""
        for file in self.path.rglob(".*.part*"):
            file.unlink()

    def _written_status(self) -> JobStatus:
        try:
            return JobStatus.model_validate_json((self.path / "status.json").read_bytes())
        except (OSError, ValidationError) as error:
            raise BadInput(f"{self.path}: its status cannot be read.") from error

    def _launched(self) -> WorkerProcess | None:
        path = self.path / "launch.json"
        return WorkerProcess.model_validate_json(path.read_bytes()) if path.exists() else None


def _seen(written: JobStatus, state: JobState) -> JobStatus:
    return written.model_copy(update={"state": state})


def list_jobs(root: Path) -> list[JobFolder]:
    """The jobs under a folder, oldest first; folders that hold no request are none."""
    return [JobFolder(path.parent) for path in sorted(root.glob("*/request.json"))]
