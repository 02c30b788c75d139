"""One gain as a small bar from a middle line, to the right where the new model is better."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.adapting.plain_numbers import Leaning, gain_range, gain_words, leaning
from app.theme import tokens_of
from core.verdict.report import Number

COLOURS: dict[Leaning, str] = {"better": "ok", "worse": "danger", "unclear": "muted"}
_SIZE = QSize(120, 20)
_HALF = 4.0  # of the bar's thickness
_AIR = 6.0


class GainBar(QWidget):
    """A bar for the gain, a thin line for its interval; knows one number."""

    def __init__(self, number: Number, scale: float) -> None:
        """Draw a number; a gain of `scale` reaches the edge."""
        super().__init__()
        self._number = number
        self._scale = scale
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{number.words}: {gain_words(number)}")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Small enough for a table."""
        return _SIZE

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Half of what it wishes for."""
        return QSize(_SIZE.width() // 2, _SIZE.height())

    def x_of(self, gain: float) -> float:
        """Where a gain is in the widget, in pixels; what goes beyond the edge ends there."""
        share = max(-1.0, min(gain / self._scale, 1.0)) if self._scale else 0.0
        return self.width() / 2 + share * (self.width() / 2 - _AIR)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw again when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the middle line, the bar and the interval."""
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, zero = self.height() / 2, self.x_of(0.0)
        painter.setPen(QPen(tokens.colour("border"), 1))
        painter.drawLine(QPointF(zero, 1), QPointF(zero, self.height() - 1))
        left, right = sorted((zero, self.x_of(self._number.gain)))
        colour = tokens.colour(COLOURS[leaning(self._number)])
        painter.fillRect(QRectF(left, middle - _HALF, right - left, 2 * _HALF), colour)
        known = gain_range(self._number)
        if known is not None:
            low, high = (self.x_of(gain) for gain in known)
            painter.setPen(QPen(tokens.colour("text"), 1.4))
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
            for end in (low, high):
                painter.drawLine(QPointF(end, middle - 3), QPointF(end, middle + 3))


def reach(number: Number) -> float:
    """How far from 0 a number goes, its interval included."""
    return max(abs(gain) for gain in (number.gain, *(gain_range(number) or ())))
