"""Read frames in a thread, so that decoding a video and looking at it overlap."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
_WAKE_SECONDS = 0.1  # how soon the reader notices that nobody listens any more


@contextmanager
def read_ahead(items: Iterable[Item], most: int) -> Iterator[Iterator[Item]]:
    """The items in order, up to `most` of them read before they are asked for.

    An error while reading is raised where the item would have come. Leaving the block stops the
    thread.
    """
    reader = _Reader(items, most)
    reader.start()
    try:
        yield reader.items()
    finally:
        reader.stop()


class _Reader(Thread, Generic[Item]):
    def __init__(self, items: Iterable[Item], most: int) -> None:
        super().__init__(name="read-ahead", daemon=True)
        self._source = items
        self._queue: Queue[Item] = Queue(most)
        self._error: BaseException | None = None
        self._is_wanted, self._is_done = Event(), Event()
        self._is_wanted.set()

    def run(self) -> None:
        try:
            for item in self._source:
                if not self._put(item):
                    break
        except BaseException as error:  # noqa: BLE001 - handed over, not swallowed
            self._error = error
        finally:
            self._is_done.set()

    def items(self) -> Iterator[Item]:
        """The items, then the reader's error if it had one."""
        while True:
            try:
                yield self._queue.get(timeout=_WAKE_SECONDS)
            except Empty:
                if self._is_done.is_set() and self._queue.empty():
                    break
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """End the thread; returns when the source is no longer read."""
        self._is_wanted.clear()
        self.join()

    def _put(self, item: Item) -> bool:
        while self._is_wanted.is_set():
            try:
                self._queue.put(item, timeout=_WAKE_SECONDS)
            except Full:
                continue
            return True
        return False
