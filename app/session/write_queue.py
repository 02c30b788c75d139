"""Long writes into the study, in order and off the event loop, until the disk takes them."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.background import Background
from core.errors import ShiftError

_RETRY_MS = 3000


class WriteQueue(QObject):
    """Runs one write at a time; `failed(sentence)` comes with each refusal, then it tries again.

    A write with a fault of ours is dropped and told, and those behind it go on.
    """

    failed = Signal(str)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        """Start with nothing to write."""
        super().__init__(parent)
        self._background = background
        self._waiting: deque[Callable[[], None]] = deque()
        self._running = False
        self._timer = QTimer(self, interval=_RETRY_MS, singleShot=True)
        self._timer.timeout.connect(self._next)

    def put(self, write: Callable[[], None]) -> None:
        """Queue a write; it raises NoSpace if it may be tried again."""
        self._waiting.append(write)
        if not self._running and not self._timer.isActive():
            self._next()

    def retry(self) -> None:
        """Try again now what the disk refused."""
        if self._timer.isActive():
            self._timer.stop()
            self._next()

    def clear(self) -> None:
        """Forget what waits; a write that runs is finished."""
        self._waiting.clear()
        self._timer.stop()

    def _next(self) -> None:
        if self._waiting:
            write = self._waiting[0]
            self._running = True
            self._background.run(
                lambda: _fault_of(write),
                lambda fault: self._on_written(write, fault),
                self._on_refused,
            )

    def _on_written(self, write: Callable[[], None], fault: Exception | None) -> None:
        self._running = False
        if self._waiting and self._waiting[0] is write:
            self._waiting.popleft()
        self._next()
        if fault is not None:
            raise fault

    def _on_refused(self, error: ShiftError) -> None:
        self._running = False
        self._timer.start()
        self.failed.emit(str(error))


def _fault_of(write: Callable[[], None]) -> Exception | None:
    """Write; what went wrong with it, but for what the disk refuses, which is raised."""
    try:
        write()
    except ShiftError:
        raise
    except Exception as fault:  # noqa: BLE001 - raised where the window tells of it
        return fault
    return None
