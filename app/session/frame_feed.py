"""Decodes the frame that is wanted now, in a thread; a newer wish replaces an older one."""

import threading
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from core.errors import BadVideo
from core.video.frame import Frame


class FrameReader(Protocol):
    """What the feed needs of a frame cache."""

    def peek(self, index: int) -> Frame | None:
        """A frame that is at hand, without decoding."""
        ...

    def read(self, index: int) -> Frame:
        """A frame, decoded if need be."""
        ...

    def close(self) -> None:
        """Let go of the recording."""
        ...


class FrameFeed(QObject):
    """One decoding thread for whichever recording is on screen.

    `ready(Frame)` and `failed(sentence)` come in the window's thread, and only for the recording
    that is open then. While the wanted frame is decoded, frames that were wanted just before may
    come; after it none does.
    """

    ready = Signal(object)
    failed = Signal(str)
    _decoded = Signal(object, object)
    _broken = Signal(object, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the thread; it sleeps until a frame is wanted."""
        super().__init__(parent)
        self._changed = threading.Condition()
        self._reader: FrameReader | None = None
        self._wanted: int | None = None  # next for the thread
        self._target: int | None = None  # asked for and not yet delivered
        self._retired: list[FrameReader] = []
        self._ending = False
        self._decoded.connect(self._on_decoded, Qt.ConnectionType.QueuedConnection)
        self._broken.connect(self._on_broken, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="shift-frames", daemon=True)
        self._thread.start()

    def open(self, reader: FrameReader | None) -> None:
        """Switch to another recording (None: none); the old one is closed in the thread."""
        with self._changed:
            if self._reader is not None:
                self._retired.append(self._reader)
            self._reader = reader
            self._wanted = self._target = None
            self._changed.notify()

    def request(self, index: int) -> None:
        """Wish for a frame; one that is at hand is delivered before this returns."""
        reader = self._reader
        if reader is None:
            return
        self._target = index
        frame = reader.peek(index)
        if frame is not None:
            self._deliver(frame)
        # Asked of the thread in any case, so that the cache reads ahead from here.
        with self._changed:
            self._wanted = index
            self._changed.notify()

    def close(self) -> None:
        """Close the recording and end the thread."""
        self.open(None)
        with self._changed:
            self._ending = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._has_work)
                retired, self._retired = self._retired, []
                reader, wanted, self._wanted = self._reader, self._wanted, None
                ending = self._ending
            for old in retired:
                old.close()
            if ending:
                return
            if reader is not None and wanted is not None:
                self._decode(reader, wanted)

    def _has_work(self) -> bool:
        return bool(self._retired) or self._wanted is not None or self._ending

    def _decode(self, reader: FrameReader, index: int) -> None:
        try:
            frame = reader.read(index)
        except BadVideo as error:
            self._broken.emit(reader, index, str(error))
        else:
            self._decoded.emit(reader, frame)

    def _on_decoded(self, reader: FrameReader, frame: Frame) -> None:
        if reader is self._reader:
            self._deliver(frame)

    def _on_broken(self, reader: FrameReader, index: int, sentence: str) -> None:
        if reader is self._reader and index == self._target:
            self._target = None
            self.failed.emit(sentence)

    def _deliver(self, frame: Frame) -> None:
        if self._target is None:
            return
        if frame.index == self._target:
            self._target = None
        self.ready.emit(frame)
