"""The line above the stage: which recording this is, and the next thing to do with it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.controls import ElidedLabel, TextButton
from app.panels.durations import clock
from app.session.session import Session

_AROUND_WORDS = 60  # pixels of a button beside its words: icon, padding, the gap to the next
_LEAST_NAME = 240  # pixels for name and figures


class Header(QWidget):
    """Name and figures of the recording on the left, buttons on the right."""

    def __init__(self, session: Session) -> None:
        """Follow the session."""
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._title = ElidedLabel("recording_title")
        self._figures = ElidedLabel("muted")
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(self._title)
        said.addWidget(self._figures)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 10, 12, 10)
        self._row.setSpacing(8)
        self._row.addLayout(said, 1)
        self._buttons: list[tuple[TextButton, str]] = []
        for signal in (
            session.recording_changed,
            session.recordings_changed,
            session.video_opened,
            session.video_failed,
        ):
            signal.connect(lambda *_: self._refresh())
        self._refresh()

    def add_button(self, action: QAction, text: str, icon_name: str, role: str = "") -> None:
        """Put a button for an action at the right end."""
        button = TextButton(text, icon_name, role=role)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.toolTip())
        button.clicked.connect(action.trigger)
        _follow(button, action)
        self._row.addWidget(button)
        self._buttons.append((button, text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is little room, the buttons leave it to the name of the recording."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        measure = self.fontMetrics().horizontalAdvance
        taken = sum(measure(text) + _AROUND_WORDS for _, text in self._buttons)
        has_room = self.width() - taken >= _LEAST_NAME
        for button, text in self._buttons:
            button.setText(f" {text}" if has_room else "")

    def _refresh(self) -> None:
        recording = self._session.recording
        self._title.show_text(recording.name if recording else "")
        self._title.setToolTip(str(recording.path) if recording else "")
        self._figures.show_text(self._described())

    def _described(self) -> str:
        info, recording = self._session.info, self._session.recording
        if self._session.video_problem:
            return "Cannot be shown"
        if info is None or recording is None:
            return "Opening…" if self._session.is_opening else ""
        if info.file_names is not None:
            shown = f"{info.frame_count} images"
        else:
            rate = f"{info.fps:.4g} frames/s" + (", variable" if info.variable_rate else "")
            shown = f"{clock(info.duration)}  ·  {info.frame_count} frames  ·  {rate}"
        region = "  ·  region drawn" if recording.roi else ""
        return f"{shown}  ·  {info.width} × {info.height}{region}"


def _follow(button: QPushButton, action: QAction) -> None:
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
