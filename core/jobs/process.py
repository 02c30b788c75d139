"""Which process works on a job, told apart from a later one that got the same number."""

from contextlib import suppress
from typing import Self

import psutil
from pydantic import BaseModel, ConfigDict

_START_TOLERANCE = 2.0  # seconds; the system's idea of its boot time moves when its clock is set


class WorkerProcess(BaseModel):
    """A process number with the time (seconds since 1970) at which that process began."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pid: int
    started: float

    @classmethod
    def current(cls) -> Self:
        """This very process."""
        return cls.of(psutil.Process().pid)

    @classmethod
    def of(cls, pid: int) -> Self:
        """A process that runs now; raises psutil.NoSuchProcess."""
        return cls(pid=pid, started=psutil.Process(pid).create_time())

    @property
    def is_running(self) -> bool:
        """Whether it still works; one that ended but was not collected yet does not."""
        return self._find() is not None

    def end(self, patience: float = 5.0) -> None:
        """Ask it to go, wait `patience` seconds, then kill it with everything it started."""
        process = self._find()
        if process is None:
            return
        try:
            family = [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.terminate()
        for member in psutil.wait_procs(family, timeout=patience)[1]:
            with suppress(psutil.NoSuchProcess):
                member.kill()

    def _find(self) -> psutil.Process | None:
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) < _START_TOLERANCE
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None
