"""Work off the event loop, whose result comes back to the thread of the window."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from core.errors import ShiftError

Result = TypeVar("Result")
_WORKERS = 4


class Background(QObject):
    """Runs plain functions in a few threads; callbacks run in the thread that owns this object."""

    _done = Signal(object, object)  # what to do with it, and the finished future

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without any thread; they come when there is work."""
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="shift-background")
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[ShiftError], None] | None = None,
    ) -> None:
        """Run `work` in a thread, then `then` with its result, or `failed` with its sentence.

        Any other error, or without `failed` every one, is raised in the window's thread.
        """

        def deliver(future: Future[Result]) -> None:
            try:
                result = future.result()
            except ShiftError as error:
                if failed is None:
                    raise
                failed(error)
            else:
                then(result)

        future = self._pool.submit(work)
        future.add_done_callback(lambda finished: self._hand_over(deliver, finished))

    def close(self, *, forget: bool = True) -> None:
        """Wait for what has begun; what has not is forgotten, or waited for too."""
        self._pool.shutdown(wait=True, cancel_futures=forget)

    def _hand_over(self, deliver: Callable[[Any], None], finished: Future[Any]) -> None:
        if not finished.cancelled():
            self._done.emit(deliver, finished)

    def _deliver(self, deliver: Callable[[Any], None], finished: Future[Any]) -> None:
        deliver(finished)
