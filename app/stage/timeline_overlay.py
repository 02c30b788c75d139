"""Draws what stands over the timeline's curve, in pixels: marks, threshold, playhead, words."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from app.theme import Tokens


def paint_ticks(
    painter: QPainter, places: Iterable[float], *, top: float, bottom: float, colour: QColor
) -> None:
    """A mark for each corrected frame."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for x in places:
        painter.drawRoundedRect(QRectF(x - 1.25, top, 2.5, bottom - top), 1.2, 1.2)


def paint_threshold(
    painter: QPainter, area: QRectF, grip: QRectF, *, words: str, tokens: Tokens
) -> None:
    """A dashed line across, and the handle by which it is moved."""
    y = grip.center().y()
    painter.setPen(QPen(tokens.colour("warning"), 1.0, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(area.left(), y), QPointF(grip.left(), y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.colour("warning_soft"))
    painter.drawRoundedRect(grip, 5, 5)
    painter.setPen(tokens.colour("warning"))
    painter.setFont(_small(painter.font()))
    painter.drawText(grip, Qt.AlignmentFlag.AlignCenter, words)


def paint_playhead(painter: QPainter, area: QRectF, x: float, *, colour: QColor) -> None:
    """A line with a head to take hold of."""
    painter.setPen(QPen(colour, 1.6))
    painter.drawLine(QPointF(x, area.top() + 6), QPointF(x, area.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    top = area.top()
    head = [(-5.5, 0.0), (5.5, 0.0), (5.5, 5.0), (0.0, 11.0), (-5.5, 5.0)]
    painter.drawPolygon(QPolygonF([QPointF(x + dx, top + dy) for dx, dy in head]))


def paint_unknown(painter: QPainter, area: QRectF, *, words: str, tokens: Tokens) -> None:
    """A part of the recording that no model has seen."""
    if area.width() <= 0:
        return
    painter.fillRect(area, tokens.colour("raised"))
    if words:
        painter.setPen(tokens.colour("muted"))
        flags = Qt.AlignmentFlag.AlignCenter
        painter.drawText(area, flags, words)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(font.pointSizeF() - 1.5, 7.0))
    small.setWeight(QFont.Weight.DemiBold)
    return small
