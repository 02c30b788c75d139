"""Brings the frame that is wanted now to the window; a newer wish replaces an older one."""

from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from app.session.background import Background
from core.errors import BadVideo
from core.video.frame import Frame


class FrameReader(Protocol):
    """What the feed needs of a frame cache."""

    def peek(self, index: int) -> Frame | None:
        """A frame that is at hand, without decoding."""
        ...

    def request(self, index: int) -> Future[Frame]:
        """A frame, decoded in a thread; cancels the request before it if that has not begun."""
        ...

    def close(self) -> None:
        """Let go of the recording; waits for the decoder."""
        ...


class FrameFeed(QObject):
    """`ready(Frame)` and `failed(sentence)` come only for the recording that is open then.

    While the wanted frame is decoded, frames that were wanted just before may come; after it
    none does.
    """

    ready = Signal(object)
    failed = Signal(str)
    _done = Signal(object, int, object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        """Start without a recording."""
        super().__init__(parent)
        self._background = background
        self._reader: FrameReader | None = None
        self._target: int | None = None  # asked for and not yet delivered
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    def open(self, reader: FrameReader | None) -> None:
        """Switch to another recording (None: none); the old one is closed in a thread."""
        old, self._reader, self._target = self._reader, reader, None
        if old is not None:
            self._background.run(old.close, lambda _: None)

    def request(self, index: int) -> None:
        """Wish for a frame; one that is at hand is delivered before this returns."""
        reader = self._reader
        if reader is None:
            return
        self._target = index
        frame = reader.peek(index)
        if frame is not None:
            self._deliver(frame)
        # Asked for in any case, so that the cache reads ahead from here.
        future = reader.request(index)
        future.add_done_callback(lambda done: self._done.emit(reader, index, done))

    def close(self) -> None:
        """Close the recording and wait for its decoder."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _on_done(self, reader: FrameReader, index: int, done: Future[Frame]) -> None:
        if reader is not self._reader or done.cancelled():
            return
        try:
            frame = done.result()
        except BadVideo as error:
            self._on_broken(index, str(error))
        else:
            self._deliver(frame)

    def _on_broken(self, index: int, sentence: str) -> None:
        if index == self._target:
            self._target = None
            self.failed.emit(sentence)

    def _deliver(self, frame: Frame) -> None:
        if self._target is None:
            return
        if frame.index == self._target:
            self._target = None
        self.ready.emit(frame)
