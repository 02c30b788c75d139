"""Paints the box that a user drew about the infant, with handles while it is being drawn."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.stage.hit_testing import handles
from app.stage.view_transform import ViewTransform
from core.geometry import Box

_SHADE = QColor(0, 0, 0, 110)
_LINE = QColor(255, 255, 255)
_UNDER = QColor(0, 0, 0, 150)


def on_screen(box: Box, view: ViewTransform) -> Box:
    """A box of frame pixels in widget pixels."""
    x, y = view.to_screen((box.x, box.y))
    return Box(float(x), float(y), box.width * view.scale, box.height * view.scale)


def paint_roi(painter: QPainter, box: Box, view: ViewTransform, *, active: bool) -> None:
    """Corner marks at rest; while drawing a frame, handles, and shade over what is left out."""
    shown = on_screen(box, view)
    rect = QRectF(shown.x, shown.y, shown.width, shown.height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if active:
        _paint_shade(painter, rect)
        painter.setPen(QPen(_LINE, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        _paint_handles(painter, shown)
    else:
        _paint_corners(painter, rect)
    painter.restore()


def _paint_shade(painter: QPainter, rect: QRectF) -> None:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addRect(QRectF(painter.viewport()))
    path.addRect(rect)
    painter.fillPath(path, _SHADE)


def _paint_handles(painter: QPainter, shown: Box) -> None:
    painter.setPen(QPen(_UNDER, 1.0))
    painter.setBrush(_LINE)
    for x, y in handles(shown).values():
        painter.drawRoundedRect(QRectF(x - 4.5, y - 4.5, 9, 9), 2, 2)


def _paint_corners(painter: QPainter, rect: QRectF) -> None:
    arm = min(18.0, rect.width() / 3, rect.height() / 3)
    corners = (
        (rect.topLeft(), 1, 1),
        (rect.topRight(), -1, 1),
        (rect.bottomRight(), -1, -1),
        (rect.bottomLeft(), 1, -1),
    )
    for pen in (QPen(_UNDER, 4.0), QPen(_LINE, 2.0)):
        painter.setPen(pen)
        for corner, dx, dy in corners:
            painter.drawPolyline(
                [corner + QPointF(dx * arm, 0), corner, corner + QPointF(0, dy * arm)]
            )
