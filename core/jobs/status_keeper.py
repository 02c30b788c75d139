"""Keeps status.json fresh while a job works, so that others see it breathe."""

import threading
import time
from types import TracebackType
from typing import Self

from core.errors import NoSpace
from core.jobs.events import AnyEvent, Progressed, Started
from core.jobs.folder import JobFolder
from core.jobs.process import WorkerProcess
from core.jobs.status import JobState, JobStatus

_HEARTBEAT = 1.0  # seconds


class StatusKeeper:
    """Writes the status once a second from a thread, and at once when the job ends."""

    def __init__(self, folder: JobFolder) -> None:
        """Start from what the status says, as this process."""
        self._folder = folder
        self._status = folder.status().model_copy(
            update={"state": JobState.RUNNING, "process": WorkerProcess.current(), "reason": ""}
        )
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        """Say that the job runs; raises NoSpace."""
        self._write()
        self._thread.start()
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """Stop the heart."""
        self._end.set()
        self._thread.join()

    def follow(self, event: AnyEvent) -> None:
        """Take over how far the job is."""
        match event:
            case Started():
                self._change(done=event.first, total=event.total)
            case Progressed():
                left, activity = event.seconds_left, event.activity
                self._change(done=event.done, total=event.total, seconds_left=left)
                self._change(activity=activity)
            case _:
                pass

    def note_awake(self, awake: bool) -> None:
        """Say whether the computer is kept from sleeping."""
        self._change(awake=awake)

    def end(self, state: JobState, reason: str = "") -> None:
        """Say how the job ended, for good; raises NoSpace."""
        self._end.set()
        self._thread.join()
        self._change(state=state, reason=reason, seconds_left=None, awake=None)
        self._write()

    def _change(self, **changes: object) -> None:
        # One assignment of a new value: the thread sees the old status or the new one.
        self._status = self._status.model_copy(update=changes)

    def _write(self) -> None:
        beat: JobStatus = self._status.model_copy(update={"heartbeat": time.time()})
        self._folder.write_status(beat)

    def _beat(self) -> None:
        while not self._end.wait(_HEARTBEAT):
            try:
                self._write()
            except NoSpace:
                continue  # a disk that is full for a while must not end the job
