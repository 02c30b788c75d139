"""The timeline: where the model is unsure, where a person has corrected, and where one is."""

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.session.session import Session
from app.stage.timeline_plot import TimelinePlot
from app.theme import tokens_of

_HEIGHT = 148


class Timeline(QWidget):
    """The whole recording at a glance; click or drag to go there, wheel to look closer."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Follow a session."""
        super().__init__(parent)
        self._session = session
        self.plot = TimelinePlot(tokens_of(self.palette()), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 0)
        layout.addWidget(self.plot)
        self.setFixedHeight(_HEIGHT)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Timeline of confidence")
        self.setToolTip("Click or drag to go there, turn the wheel to look closer")
        self.plot.scrubbed.connect(session.go_to)
        self.plot.threshold_moved.connect(session.set_threshold)
        self.plot.threshold_set.connect(session.keep_threshold)
        session.recording_changed.connect(self._on_recording_changed)
        session.video_opened.connect(self._on_recording_changed)
        session.frame_changed.connect(self.plot.set_playhead)
        session.poses_changed.connect(self._on_poses_changed)
        session.threshold_changed.connect(self.plot.set_threshold)
        self.plot.set_threshold(session.threshold)
        self._on_recording_changed()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.plot.set_tokens(tokens_of(self.palette()))

    def _on_recording_changed(self) -> None:
        session = self._session
        if session.info is not None:
            times = session.info.times
        elif session.recording is not None:
            times = np.linspace(0.0, session.recording.duration, session.frame_count)
        else:
            times = np.zeros(0)
        self.plot.axis.set_times(times)
        self.plot.set_length(session.frame_count)
        self.plot.set_playhead(session.frame)
        self._on_poses_changed()

    def _on_poses_changed(self) -> None:
        session = self._session
        self.plot.set_scores(session.frame_scores())
        self.plot.set_corrected(session.corrected_frames())
        words = "" if session.predicted_frames else "No poses yet: press R to find the infant"
        self.plot.set_predicted(session.predicted_frames, words)
