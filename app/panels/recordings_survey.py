"""Pictures and figures of all recordings, read in the background and kept for the list."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPixmap

from app.panels.thumbnail import thumbnail
from app.session.session import Session
from core.errors import ShiftError
from core.study.recordings import Recording
from core.study.study import Study
from core.study.study_reader import RecordingSummary

_PAUSE_MS = 150  # many small changes are one look


@dataclass(frozen=True)
class Survey:
    """What one look found."""

    study: Study
    recordings: list[Recording]
    summaries: Mapping[int, RecordingSummary]


class RecordingsSurvey(QObject):
    """Looks at the study again soon after `look_again`; `changed()` when something is new."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Know nothing yet."""
        super().__init__(parent)
        self._session = session
        self.recordings: list[Recording] = []
        self._summaries: Mapping[int, RecordingSummary] = {}
        self._pictures: dict[int, QPixmap | None] = {}
        self._is_drawing = False
        self._is_looking = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._look)
        session.study_changed.connect(self._forget)

    def summary(self, recording_id: int) -> RecordingSummary | None:
        """How far a recording is predicted and corrected, if it is known."""
        return self._summaries.get(recording_id)

    def picture(self, recording_id: int) -> QPixmap | None:
        """The first frame, small, if it has been read."""
        return self._pictures.get(recording_id)

    def look_again(self) -> None:
        """Something may have changed."""
        if not self._timer.isActive():
            self._timer.start()

    def _forget(self) -> None:
        self.recordings, self._summaries = [], {}
        self._pictures.clear()
        self.look_again()

    def _look(self) -> None:
        study = self._session.study
        if study is None:
            self.changed.emit()
        elif self._is_looking:  # two looks at a time could come back in the wrong order
            self._timer.start()
        else:
            self._is_looking = True
            self._session.background.run(
                lambda: Survey(study, study.recordings(), study.summaries()),
                self._on_looked,
                self._on_blind,
            )

    def _on_looked(self, found: Survey) -> None:
        self._is_looking = False
        if found.study is not self._session.study:
            return
        self.recordings, self._summaries = found.recordings, found.summaries
        self.changed.emit()
        self._draw_next()

    def _on_blind(self, error: ShiftError) -> None:
        self._is_looking = False
        self._session.problem.emit(str(error))

    def _draw_next(self) -> None:
        """Read pictures one after the other, so that the stage's own reading is not held up."""
        study = self._session.study
        wanted = [r for r in self.recordings if r.id not in self._pictures and not r.is_missing]
        if self._is_drawing or study is None or not wanted:
            return
        recording = wanted[0]
        self._is_drawing = True
        density = self._density()
        self._session.background.run(
            lambda: thumbnail(study, recording, density),
            lambda image: self._keep(study, recording, QPixmap.fromImage(image)),
            lambda _error: self._keep(study, recording, None),  # the stage says what is wrong
        )

    def _density(self) -> float:
        """Pixels for one logical pixel, on the sharpest screen."""
        return max(screen.devicePixelRatio() for screen in QGuiApplication.screens())

    def _keep(self, study: Study, recording: Recording, drawn: QPixmap | None) -> None:
        self._is_drawing = False
        if study is self._session.study:  # another study has recordings of the same numbers
            self._pictures[recording.id] = drawn
            self.changed.emit()
        self._draw_next()
