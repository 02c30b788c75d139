"""Reads chosen files one after the other in the background and takes them into a study."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.session.background import Background
from app.session.stage_video import Opening
from core.errors import ShiftError
from core.study.recordings import Recording
from core.study.study import Study
from core.video.frame import Frame
from core.video.source import VideoSource, open_video, preview


@dataclass(frozen=True)
class Indexed:
    """A file that has joined the study, still open."""

    recording: Recording
    source: VideoSource


class RecordingIntake(QObject):
    """A queue of files to open.

    For each file `previewed(Frame)` comes early and then either `taken_in(Indexed)` or
    `refused(sentence)`; `emptied()` when nothing is left.
    """

    previewed = Signal(object)
    taken_in = Signal(object)
    refused = Signal(str)
    emptied = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        """Start with nothing to read."""
        super().__init__(parent)
        self._background = background
        self._waiting: deque[Path] = deque()
        self._reading: Path | None = None
        self._study: Study | None = None
        self._opening = Opening()

    @property
    def is_busy(self) -> bool:
        """Whether files are being read."""
        return self._reading is not None

    def add(self, study: Study, paths: Iterable[Path]) -> None:
        """Queue some files for a study."""
        self._study = study
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
        if not self._waiting or self._study is None:
            self._reading = None
            self.emptied.emit()
            return
        path, opening = self._waiting.popleft(), self._opening
        self._reading = path
        self._background.run(
            lambda: preview(path),
            lambda frame: self._on_preview(path, frame, opening),
            lambda error: self._on_refused(error, opening),
        )

    def _on_preview(self, path: Path, frame: Frame, opening: Opening) -> None:
        study = self._study
        if opening.called_off or study is None:
            return
        self.previewed.emit(frame)
        self._background.run(
            lambda: _take_in(study, path, opening),
            lambda indexed: self._on_taken_in(indexed, opening),
            lambda error: self._on_refused(error, opening),
        )

    def _on_taken_in(self, indexed: Indexed, opening: Opening) -> None:
        if opening.called_off:
            indexed.source.close()
            return
        self.taken_in.emit(indexed)
        self._next()

    def _on_refused(self, error: ShiftError, opening: Opening) -> None:
        if not opening.called_off:
            self.refused.emit(str(error))
            self._next()


def _take_in(study: Study, path: Path, opening: Opening) -> Indexed:
    source = open_video(path, opening.check)
    try:
        return Indexed(study.add_recording(path, source.info), source)
    except ShiftError:
        source.close()
        raise
