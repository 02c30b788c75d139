"""Paints the visible silhouette of the infant over the picture, as sharp as the screen."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.stage.view_transform import ViewTransform
from core.pose.palette import SILHOUETTE
from core.pose.silhouette import Silhouette


def paint_silhouette(
    painter: QPainter, silhouette: Silhouette, view: ViewTransform, *, opacity: float
) -> None:
    """Fill the rings (holes stay free) and draw their edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor.fromRgb(*SILHOUETTE, round(255 * opacity)))
    edge = QColor.fromRgb(*SILHOUETTE, round(255 * min(2.5 * opacity, 1.0)))
    painter.setPen(QPen(edge, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(outline(silhouette, view))
    painter.restore()


def outline(silhouette: Silhouette, view: ViewTransform) -> QPainterPath:
    """The rings as a path in widget pixels."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in silhouette.rings:
        spots: list[list[float]] = np.asarray(view.to_screen(ring)).tolist()
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in spots]))
        path.closeSubpath()
    return path
