"""Plays the recording at true speed: by the presentation time of each frame, not by counting."""

import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.session.session import Session
from core.video.frame import VideoInfo

SPEEDS = (0.25, 0.5, 1.0, 1.5, 2.0)
_LEAST_WAIT_MS = 2


class Playback(QObject):
    """A frame that comes late is left out, so that a second of recording lasts a second."""

    playing_changed = Signal(bool)
    speed_changed = Signal(float)

    def __init__(
        self,
        session: Session,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Stand still; `clock` tells seconds."""
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._started_at = 0.0  # by the clock
        self._started_from = 0.0  # in the recording
        self._own_frame = 0
        self.playing = False
        self.speed = 1.0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        session.recording_changed.connect(self.pause)
        session.frame_changed.connect(self._on_frame_changed)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from the frame on screen, from the start if it is the last one."""
        info = self._session.info
        if info is None or info.frame_count < 2 or self.playing:
            return
        if self._session.frame >= info.frame_count - 1:
            self._session.go_to(0)
        self.playing = True
        self._start_here(info)
        self.playing_changed.emit(True)
        self.tick()

    def pause(self) -> None:
        """Stay on the frame on screen."""
        if self.playing:
            self.playing = False
            self._timer.stop()
            self.playing_changed.emit(False)

    def set_speed(self, speed: float) -> None:
        """Play so many seconds of recording in a second."""
        if speed == self.speed:
            return
        self.speed = speed
        info = self._session.info
        if self.playing and info is not None:
            self._start_here(info)
            self.tick()
        self.speed_changed.emit(speed)

    def step_speed(self, direction: int) -> None:
        """Go to the next faster (1) or slower (-1) of the usual speeds."""
        at = int(np.searchsorted(SPEEDS, self.speed)) + direction
        self.set_speed(SPEEDS[min(max(at, 0), len(SPEEDS) - 1)])

    def tick(self) -> None:
        """Show the frame that is due now, and wait for the next one."""
        info = self._session.info
        if not self.playing or info is None:
            return
        now = self._started_from + (self._clock() - self._started_at) * self.speed
        due = int(np.searchsorted(info.times, now, side="right")) - 1
        self._show(min(max(due, 0), info.frame_count - 1))
        if due >= info.frame_count - 1:
            self.pause()
        else:
            wait = (float(info.times[due + 1]) - now) / self.speed
            self._timer.start(max(round(1000 * wait), _LEAST_WAIT_MS))

    def _show(self, frame: int) -> None:
        self._own_frame = frame
        self._session.go_to(frame)

    def _on_frame_changed(self, frame: int) -> None:
        """Go on from where somebody has jumped to."""
        info = self._session.info
        if self.playing and frame != self._own_frame and info is not None:
            self._start_here(info)

    def _start_here(self, info: VideoInfo) -> None:
        self._own_frame = self._session.frame
        self._started_at = self._clock()
        self._started_from = float(info.times[self._own_frame])
