"""Saves a picture of the window once it shows what it was asked to show, then ends the program."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow

SIZE = QSize(1440, 900)
_LOOK_MS = 200
_PATIENCE_SECONDS = 180.0
_LOOKS_AT_REST = 6  # so that everything has been painted


class Screenshot(QObject):
    """Waits for the first frame and for the predictions that run, but not for ever."""

    def __init__(self, window: MainWindow, target: Path, *, expects_recording: bool) -> None:
        """Watch a window; `expects_recording` says that a picture without a frame is too early."""
        super().__init__(window)
        self._window = window
        self._target = target
        self._expects_recording = expects_recording
        self._has_image = False
        self._deadline = time.monotonic() + _PATIENCE_SECONDS
        self._at_rest = 0
        window.desk.session.image_ready.connect(self._on_image)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _on_image(self, _frame: object) -> None:
        self._has_image = True

    def _look(self) -> None:
        session, watcher = self._window.desk.session, self._window.desk.watcher
        failed = self._window.banner.notice is not None
        waiting = self._expects_recording and not self._has_image and not failed
        working = session.is_opening or any(job.is_active for job in watcher.jobs())
        late = time.monotonic() > self._deadline
        self._at_rest = 0 if waiting or working else self._at_rest + 1
        if self._at_rest >= _LOOKS_AT_REST or late:
            self._timer.stop()
            self._save()

    def _save(self) -> None:
        session = self._window.desk.session
        saved = self._window.grab().save(str(self._target), "PNG")
        for job in self._window.desk.watcher.jobs():
            self._window.desk.watcher.dismiss(job.key)
        if not saved:
            sys.stderr.write(f"{self._target}: cannot be written; choose another folder.\n")
        elif self._expects_recording and not self._has_image:
            sys.stderr.write(f"{self._target}: saved, but no recording could be shown.\n")
        elif self._expects_recording and not session.predicted_frames:
            sys.stderr.write(f"{self._target}: saved, but no poses came in time.\n")
        self._window.close()
        QApplication.exit(0 if saved else 2)
