"""Silhouettes around the frame on screen, read in a thread before they are needed."""

from PySide6.QtCore import QObject, Signal

from app.session.background import Background
from core.errors import ShiftError
from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from core.study.study import Study

_BEHIND, _AHEAD = 16, 48  # frames read at once around the one that is asked for
_KEPT = 1024  # frames; a silhouette takes about a kilobyte

Outlines = dict[int, Silhouette | None]


class OutlineFeed(QObject):
    """`loaded()` comes when outlines that were asked for are at hand, `failed(sentence)` if not.

    A study may be writing to a slow disk at that moment, and the window must not wait for it.
    """

    loaded = Signal()
    failed = Signal(str)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        """Start without a prediction."""
        super().__init__(parent)
        self._background = background
        self.open(None, None)

    def open(self, study: Study | None, prediction_id: int | None) -> None:
        """Show the outlines of another prediction (None: none)."""
        self._study = study
        self._prediction_id = prediction_id
        self._known: Outlines = {}
        self._reading: object | None = None
        self._wanted: int | None = None

    def put(self, chunk: PredictionChunk) -> None:
        """Take the outlines of a prediction that grows, which may not be in the study yet."""
        frames = range(chunk.start, chunk.start + len(chunk.silhouettes))
        self._keep(dict(zip(frames, chunk.silhouettes, strict=True)))

    def at(self, frame: int) -> Silhouette | None:
        """The outline in a frame if it is at hand; else it is fetched, and `loaded` comes."""
        if frame not in self._known:
            self._read(frame)
        elif frame + _BEHIND not in self._known:
            self._read(frame + _BEHIND)
        return self._known.get(frame)

    def _read(self, frame: int) -> None:
        study, prediction_id = self._study, self._prediction_id
        self._wanted = frame
        if study is None or prediction_id is None or self._reading is not None:
            return
        self._reading = reading = object()
        frames = range(max(frame - _BEHIND, 0), frame + _AHEAD)
        self._background.run(
            lambda: {number: study.silhouette(prediction_id, number) for number in frames},
            lambda outlines: self._on_read(outlines, reading),
            lambda error: self._on_failed(error, frames, reading),
        )

    def _on_read(self, outlines: Outlines, reading: object) -> None:
        if reading is not self._reading:
            return
        self._reading = None
        self._keep({frame: outlines[frame] for frame in outlines if frame not in self._known})
        if self._wanted is not None and self._wanted not in self._known:
            self._read(self._wanted)
        self.loaded.emit()

    def _on_failed(self, error: ShiftError, frames: range, reading: object) -> None:
        if reading is self._reading:
            self._reading = None
            self._keep(dict.fromkeys(frames))
            self.failed.emit(str(error))

    def _keep(self, outlines: Outlines) -> None:
        for frame, outline in outlines.items():
            self._known.pop(frame, None)
            self._known[frame] = outline
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
