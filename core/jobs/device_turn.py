"""One adaptation at a time on a device, whichever window or terminal started it."""

import time
from collections.abc import Callable, Generator
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from core.progress import Progress

WAITING = "waiting for another adaptation"
_BETWEEN_TRIES = 0.5  # seconds


class DeviceTurn:
    """A lock that the system lets go of when the process ends, however it ends."""

    def __init__(
        self, folder: Path, device: str, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Take turns on `device` with all who use the same folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / f"adapting-on-{device.replace(':', '-')}.lock")
        self._sleep = sleep

    def __enter__(self) -> Self:
        """Nothing is held yet: see `wait`."""
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """Let the next one have it."""
        self._lock.release()

    def wait(self) -> Generator[Progress]:
        """Wait until it is this process's turn, with a sign of life now and then."""
        while True:
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                yield Progress(0, 0, WAITING)
                self._sleep(_BETWEEN_TRIES)
            else:
                return
