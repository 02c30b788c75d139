"""Draws how sure each frame is: a filled curve, with stretches under the threshold marked."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.stage.envelope import Envelope, lowest_envelope
from app.theme import Tokens

TOP = 1.1
BOTTOM = -0.24  # below 0 stand the marks of corrected frames


class ScoreItem(pg.GraphicsObject):
    """Positions are frames and scores; drawn anew from the scores whenever it is asked to.

    Even a million frames boil down to one value a column in well under a millisecond, so nothing
    is kept between two changes of the view.
    """

    def __init__(self, tokens: Tokens) -> None:
        """Have no scores yet."""
        super().__init__()
        self._scores: NDArray[np.float32] = np.zeros(0, np.float32)
        self._threshold = 0.0
        self.set_tokens(tokens)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self._sure, self._doubtful = tokens.colour("accent"), tokens.colour("warning")
        self.update()

    def set_scores(self, scores: NDArray[np.float32]) -> None:
        """Take the scores (T,) of a recording; they are looked at anew with each drawing."""
        if len(scores) != len(self._scores):
            self.prepareGeometryChange()
        self._scores = scores
        self.update()

    def set_threshold(self, threshold: float) -> None:
        """Mark what is below."""
        self._threshold = threshold
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """All frames."""
        return QRectF(0, BOTTOM, max(len(self._scores), 1), TOP - BOTTOM)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the part that is in view."""
        view = self.getViewBox()
        if view is None or not len(self._scores):
            return
        (start, stop), _ = view.viewRange()
        columns = max(int(view.width()), 1)
        curve = lowest_envelope(self._scores, start=start, stop=stop, columns=columns)
        self._paint_low(painter, curve)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in _lines(curve):
            self._paint_line(painter, line)

    def _paint_low(self, painter: QPainter, curve: Envelope) -> None:
        shade = QColor(self._doubtful)
        shade.setAlpha(26)
        for first, last in runs(curve.lowest < self._threshold):
            left, right = float(curve.edges[first]), float(curve.edges[last])
            painter.fillRect(QRectF(left, 0.0, right - left, TOP), shade)

    def _paint_line(self, painter: QPainter, line: QPolygonF) -> None:
        area = QPolygonF(line)
        area.append(QPointF(line.last().x(), 0.0))
        area.append(QPointF(line.first().x(), 0.0))
        frames, threshold = len(self._scores), self._threshold
        for colour, low, high in (
            (self._sure, threshold, TOP),
            (self._doubtful, 0.0, threshold),
        ):
            painter.save()
            painter.setClipRect(QRectF(0, low, frames, high - low))
            self._paint_part(painter, line, area, colour=colour)
            painter.restore()

    def _paint_part(
        self, painter: QPainter, line: QPolygonF, area: QPolygonF, *, colour: QColor
    ) -> None:
        fill = QColor(colour)
        fill.setAlpha(46)
        painter.setPen(QPen(QColor(0, 0, 0, 0)))
        painter.setBrush(fill)
        painter.drawPolygon(area)
        pen = QPen(colour, 1.4)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawPolyline(line)


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where flags are set, as half-open stretches."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _lines(curve: Envelope) -> list[QPolygonF]:
    """The curve as lines through the middle of its columns, broken where there is no score."""
    middles = (curve.edges[:-1] + curve.edges[1:]) / 2
    lines: list[QPolygonF] = []
    for first, last in runs(~np.isnan(curve.lowest)):
        part = slice(first, last)
        xy = np.column_stack([middles[part], curve.lowest[part]])
        ends = float(curve.edges[first]), float(curve.edges[last])
        spots = [(ends[0], xy[0, 1]), *xy.tolist(), (ends[1], xy[-1, 1])]
        lines.append(QPolygonF([QPointF(x, y) for x, y in spots]))
    return lines
