"""Go to a frame by its number or its time."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.controls import TextButton, words


class GoToDialog(QDialog):
    """`frame` is what was typed, once it is accepted."""

    def __init__(
        self, times: NDArray[np.float64], current: int, parent: QWidget | None = None
    ) -> None:
        """Choose among frames whose true times (T,) in seconds are given."""
        super().__init__(parent)
        self.setWindowTitle("Go to")
        self._times = times
        self.frame = current
        self.field = QLineEdit(str(current))
        self.field.setAccessibleName("Frame number or time")
        self.field.selectAll()
        self._hint = words("", "muted", wrap=True)
        self.go = TextButton("Go", role="primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        cancel = TextButton("Cancel")
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(words("Frame number, or time as minutes:seconds", "panel_title"))
        layout.addWidget(self.field)
        layout.addWidget(self._hint)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        self.setMinimumWidth(380)
        self.field.textChanged.connect(self._read)
        self._read()

    def _read(self) -> None:
        frame = frame_of(self.field.text(), self._times)
        self.go.setEnabled(frame is not None)
        last = len(self._times) - 1
        if frame is None:
            self._hint.setText(f"Type 0 to {last}, or a time such as 1:23.5")
        else:
            self.frame = frame
            self._hint.setText(f"Frame {frame} of {last}, at {self._times[frame]:.3f} s")


def frame_of(text: str, times: NDArray[np.float64]) -> int | None:
    """The frame that a text names; None if it names none.

    A plain number is a frame; with a colon or an ending "s" it is a time, and the frame is the
    one on screen then. Too large a number is the last frame.
    """
    text = text.strip().lower().replace(",", ".")
    last = len(times) - 1
    if text.isdecimal():
        return min(int(text), last)
    seconds = _seconds(text)
    if seconds is None or last < 0:
        return None
    # Half a millisecond of grace: times are shown rounded and may be typed so.
    return max(int(np.searchsorted(times, seconds + 0.0005, side="right")) - 1, 0)


def _seconds(text: str) -> float | None:
    parts = text.removesuffix("s").strip().split(":")
    if len(parts) > 3 or (len(parts) == 1 and not text.endswith("s") and "." not in text):
        return None
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    if not all(np.isfinite(numbers)) or any(number < 0 for number in numbers):
        return None
    return sum(number * 60**power for power, number in enumerate(reversed(numbers)))
