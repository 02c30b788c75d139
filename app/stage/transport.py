"""The bar under the stage: play, step, where one is, how fast, how close."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.controls import IconButton, separator
from app.session.session import Session
from app.stage.clock_text import clock
from app.stage.playback import SPEEDS, Playback
from app.stage.stage_canvas import StageCanvas

_ROOM_FOR_ZOOM = 740
_ROOM_FOR_LENGTH = 620
_ROOM_FOR_TIME = 540


class Transport(QWidget):
    """Buttons never take the focus: the keys stay with the stage."""

    def __init__(
        self,
        session: Session,
        playback: Playback,
        view: StageCanvas,
        parent: QWidget | None = None,
    ) -> None:
        """Drive a playback and a stage."""
        super().__init__(parent)
        self._session, self._playback, self._view = session, playback, view
        self.setObjectName("transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.play = IconButton("play", "Play (Space)", colour="on_accent")
        self.play.setObjectName("play")
        self.position = QLabel()
        self.position.setObjectName("position")
        self.position.setAccessibleName("Frame and time")
        self.position.setMinimumWidth(1)
        self.speed = _speed_box()
        self.zoom = QLabel()
        self.zoom.setObjectName("muted")
        self.zoom.setAccessibleName("Zoom")
        self._zoom_group = self._zoom_part()
        self._lay_out()
        self._connect()
        self._show_position()
        self._show_zoom(view.zoom)

    def _lay_out(self) -> None:
        session = self._session
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        self._add_step(row, "skip_start", "First frame (Home)", lambda: session.go_to(0))
        self._add_step(row, "step_back", "One frame back (Left)", lambda: session.step(-1))
        row.addWidget(self.play)
        self._add_step(row, "step_forward", "One frame on (Right)", lambda: session.step(1))
        self._add_step(
            row, "skip_end", "Last frame (End)", lambda: session.go_to(session.frame_count - 1)
        )
        row.addSpacing(12)
        row.addWidget(self.position)
        row.addStretch(1)
        row.addWidget(self.speed)
        row.addWidget(self._zoom_group)

    def _zoom_part(self) -> QWidget:
        """The part that a narrow window does without."""
        part, view = QWidget(), self._view
        row = QHBoxLayout(part)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(separator(vertical=True))
        row.addSpacing(8)
        self._add_step(row, "zoom_out", "Smaller (wheel)", lambda: view.zoom_by(0.8))
        row.addWidget(self.zoom)
        self._add_step(row, "zoom_in", "Larger (wheel)", lambda: view.zoom_by(1.25))
        self._add_step(row, "fit", "Fit the whole picture (F)", view.fit)
        return part

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out what has no room: where one is comes first."""
        super().resizeEvent(event)
        self._zoom_group.setVisible(event.size().width() >= _ROOM_FOR_ZOOM)
        self._show_position()

    def _add_step(self, row: QHBoxLayout, icon: str, tip: str, act: Callable[[], None]) -> None:
        button = IconButton(icon, tip)
        button.setAutoRepeat(icon.startswith("step"))
        button.clicked.connect(lambda _checked=False: act())
        row.addWidget(button)

    def _connect(self) -> None:
        session, playback = self._session, self._playback
        self.play.clicked.connect(lambda _checked=False: playback.toggle())
        self.speed.activated.connect(lambda at: playback.set_speed(SPEEDS[at]))
        playback.playing_changed.connect(self._show_playing)
        playback.speed_changed.connect(self._show_speed)
        self._view.zoom_changed.connect(self._show_zoom)
        for signal in (session.frame_changed, session.recording_changed, session.video_opened):
            signal.connect(self._show_position)

    def _show_playing(self, playing: bool) -> None:
        self.play.set_icon("pause" if playing else "play")
        self.play.set_tip("Pause (Space)" if playing else "Play (Space)")

    def _show_speed(self, speed: float) -> None:
        self.speed.setCurrentIndex(SPEEDS.index(speed) if speed in SPEEDS else -1)

    def _show_zoom(self, zoom: float) -> None:
        self.zoom.setText(f"{100 * zoom:.0f} %")

    def _show_position(self) -> None:
        session = self._session
        self.setEnabled(session.frame_count > 0)
        if not session.frame_count:
            self.position.setText("")
            return
        words = f"{session.frame} / {session.frame_count - 1}"
        info = session.info
        if self.width() >= _ROOM_FOR_TIME:
            words = f"Frame {words}"
            if info is not None and session.frame < info.frame_count:
                words += f"  ·  {clock(info.times[session.frame])}"
                if self.width() >= _ROOM_FOR_LENGTH:
                    words += f" / {clock(info.times[-1])}"
        self.position.setText(words)


def _speed_box() -> QComboBox:
    box = QComboBox()
    for speed in SPEEDS:
        box.addItem(f"{speed:g}×")
    box.setCurrentIndex(SPEEDS.index(1.0))
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box.setMaximumWidth(78)
    box.setToolTip("Speed of playing")
    box.setAccessibleName("Speed of playing")
    return box
