"""Reads chosen files one after the other in the background, so that they can join a study."""

from collections import deque
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.session.background import Background
from app.session.stage_video import Opening
from core.errors import ShiftError, Stopped
from core.video.frame import Frame
from core.video.source import VideoSource, open_video, preview


class RecordingIntake(QObject):
    """A queue of files to open.

    For each file `previewed(path, Frame)` comes early and then either `indexed(path, source)` or
    `refused(path, sentence)`; `emptied()` when nothing is left.
    """

    previewed = Signal(object, object)
    indexed = Signal(object, object)
    refused = Signal(object, str)
    emptied = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        """Start with nothing to read."""
        super().__init__(parent)
        self._background = background
        self._waiting: deque[Path] = deque()
        self._reading: Path | None = None
        self._opening = Opening()

    @property
    def is_busy(self) -> bool:
        """Whether files are being read."""
        return self._reading is not None

    def add(self, paths: Iterable[Path]) -> None:
        """Queue some files."""
        self._waiting.extend(paths)
        if not self.is_busy:
            self._next()

    def cancel(self) -> None:
        """Forget the queue and stop reading."""
        self._waiting.clear()
        self._opening.called_off = True
        self._opening = Opening()
        self._reading = None

    def _next(self) -> None:
        if not self._waiting:
            self._reading = None
            self.emptied.emit()
            return
        path, opening = self._waiting.popleft(), self._opening
        self._reading = path
        self._background.run(
            lambda: preview(path),
            lambda frame: self._on_preview(path, frame, opening),
            lambda error: self._on_refused(path, error, opening),
        )

    def _on_preview(self, path: Path, frame: Frame, opening: Opening) -> None:
        if opening.called_off:
            return
        self.previewed.emit(path, frame)
        self._background.run(
            lambda: open_video(path, opening.check),
            lambda source: self._on_indexed(path, source, opening),
            lambda error: self._on_refused(path, error, opening),
        )

    def _on_indexed(self, path: Path, source: VideoSource, opening: Opening) -> None:
        if opening.called_off:
            source.close()
            return
        self.indexed.emit(path, source)
        self._next()

    def _on_refused(self, path: Path, error: ShiftError, opening: Opening) -> None:
        if opening.called_off or isinstance(error, Stopped):
            return
        self.refused.emit(path, str(error))
        self._next()
