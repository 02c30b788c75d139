"""The plot of the timeline: scrub by dragging, zoom in time by the wheel, drag the threshold."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.stage.envelope import occupied_columns
from app.stage.score_layer import BOTTOM, TOP, ScoreLayer
from app.stage.timeline_axis import TimeAxis
from app.stage.timeline_overlay import (
    paint_playhead,
    paint_threshold,
    paint_ticks,
    paint_unknown,
)
from app.theme import Tokens

_WHEEL_STEP = 1.0015
_LEAST_FRAMES = 12
_GRIP = (44.0, 18.0)  # the handle of the threshold, in pixels
_TICK = (-0.19, -0.06)


class TimelinePlot(pg.PlotWidget):
    """Knows nothing of a session: it is told what to show and tells what the mouse wants."""

    scrubbed = Signal(int)
    threshold_moved = Signal(float)
    threshold_set = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        """Show an empty recording."""
        self.axis = TimeAxis()
        self._layer = ScoreLayer()
        self._scores: NDArray[np.float32] = np.zeros(0, np.float32)
        self._item = pg.PlotItem(axisItems={"bottom": self.axis})
        self._box = self._item.getViewBox()
        super().__init__(parent, plotItem=self._item)
        self._tokens = tokens
        self._frames = 0
        self._playhead = 0
        self._corrected: NDArray[np.int64] = np.zeros(0, np.int64)
        self._threshold = 0.0
        self._predicted = 0
        self._words = ""
        self._drag: Callable[[QPointF], None] | None = None
        self._set_up()
        self.set_tokens(tokens)

    def _set_up(self) -> None:
        item = self._item
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setContentsMargins(0, 0, 8, 0)
        left = item.getAxis("left")
        left.setWidth(46)
        left.setTicks([[(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")]])
        box = self._box
        box.setMouseEnabled(x=False, y=False)
        box.setYRange(BOTTOM, TOP, padding=0)
        box.setDefaultPadding(0)
        self.setViewportUpdateMode(pg.GraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.viewport().setMouseTracking(True)

    # What it is told ------------------------------------------------------------------------

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self._tokens = tokens
        self.setBackground(tokens.colour("surface"))
        for name in ("left", "bottom"):
            axis = self._item.getAxis(name)
            axis.setPen(QPen(tokens.colour("line"), 1))
            axis.setTextPen(tokens.colour("muted"))
        self.viewport().update()

    def set_length(self, frames: int) -> None:
        """Show a recording of so many frames, all of it."""
        self._frames = frames
        self.show_all()

    def set_playhead(self, frame: int) -> None:
        """Mark the frame on screen, and turn the page if it is out of sight."""
        self._playhead = frame
        start, stop = self._range()
        if frame < start or frame >= stop:
            page = stop - start
            first = frame if frame >= stop else frame - page + 1
            self._show_range(float(first), float(first + page))
        self.viewport().update()

    def set_corrected(self, frames: NDArray[np.int64]) -> None:
        """Mark the frames that a person corrected."""
        self._corrected = frames
        self.viewport().update()

    def set_scores(self, scores: NDArray[np.float32]) -> None:
        """Draw these scores (T,) anew; they may be the same array with other numbers in it."""
        self._scores = scores
        self._layer.forget()
        self.viewport().update()

    def set_predicted(self, frames: int, words: str) -> None:
        """Say how many frames, from the first on, a model has seen, and what of the others."""
        self._predicted = frames
        self._words = words
        self.viewport().update()

    def set_threshold(self, threshold: float) -> None:
        """Show under which score a frame deserves a look."""
        self._threshold = threshold
        self.viewport().update()

    def show_all(self) -> None:
        """Show the whole recording."""
        self._show_range(0.0, float(max(self._frames, 1)))

    def zoom_by(self, factor: float, at: float) -> None:
        """Show less of the time (factor > 1) or more, with frame `at` staying where it is."""
        start, stop = self._range()
        room = float(max(self._frames, 1))
        length = min(max((stop - start) / factor, min(_LEAST_FRAMES, room)), room)
        first = at - (at - start) * length / (stop - start)
        self._show_range(first, first + length)

    # Geometry -------------------------------------------------------------------------------

    def x_of(self, frame: float) -> float:
        """Where a frame is in the widget, in pixels."""
        return self._spot(frame, 0.0).x()

    def y_of(self, score: float) -> float:
        """Where a score is in the widget, in pixels."""
        return self._spot(0.0, score).y()

    def frame_at(self, x: float) -> int:
        """The frame at a place of the widget."""
        frame = self._box.mapSceneToView(QPointF(x, 0.0)).x()
        return int(np.clip(np.floor(frame), 0, max(self._frames - 1, 0)))

    def grip(self) -> QRectF:
        """The handle of the threshold, in pixels of the widget."""
        area = self._area()
        box = QRectF(0, 0, *_GRIP)
        box.moveCenter(QPointF(area.right() - _GRIP[0] / 2, self.y_of(self._threshold)))
        return box

    def _spot(self, frame: float, score: float) -> QPointF:
        return self._box.mapViewToScene(QPointF(frame, score))

    def _area(self) -> QRectF:
        return self._box.sceneBoundingRect()

    def _range(self) -> tuple[float, float]:
        (start, stop), _ = self._box.viewRange()
        return start, stop

    def _show_range(self, start: float, stop: float) -> None:
        length, room = stop - start, float(max(self._frames, 1))
        start = min(max(start, 0.0), max(room - length, 0.0))
        self._box.setXRange(start, start + length, padding=0)

    # Painting and mouse ---------------------------------------------------------------------

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802 - Qt's name
        """Draw the marks over the curve."""
        if not self._frames:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, tokens = self._area(), self._tokens
        painter.setClipRect(area.adjusted(0, -2, 2, 0))
        self._paint_unknown(painter, area)
        self._layer.paint(
            painter,
            self._scores,
            area,
            span=self._range(),
            threshold=self._threshold,
            tokens=tokens,
        )
        start, stop = self._range()
        frames = occupied_columns(
            self._corrected, start=start, stop=stop, columns=int(area.width() // 2)
        )
        paint_ticks(
            painter,
            [self.x_of(frame + 0.5) for frame in frames.tolist()],
            top=self.y_of(_TICK[1]),
            bottom=self.y_of(_TICK[0]),
            colour=tokens.colour("ok"),
        )
        if self._predicted:
            words = f"{100 * self._threshold:.0f} %"
            paint_threshold(painter, area, self.grip(), words=words, tokens=tokens)
        colour = tokens.colour("text")
        painter.setClipRect(area.adjusted(-8, -2, 8, 0))
        paint_playhead(painter, area, self.x_of(self._playhead + 0.5), colour=colour)
        painter.restore()

    def _paint_unknown(self, painter: QPainter, area: QRectF) -> None:
        left = max(self.x_of(self._predicted), area.left())
        unknown = QRectF(left, self.y_of(1.0), area.right() - left, self.y_of(0.0) - self.y_of(1.0))
        paint_unknown(painter, unknown, words=self._words, tokens=self._tokens)

    def mousePressEvent(self, ev: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the threshold, or of the playhead wherever it is."""
        if ev.button() != Qt.MouseButton.LeftButton or not self._frames:
            return
        spot = ev.position()
        on_grip = self._predicted > 0 and self.grip().adjusted(-4, -4, 4, 4).contains(spot)
        self._drag = self._move_threshold if on_grip else self._scrub
        if not on_grip:
            self._scrub(spot)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with the drag, or show what could be taken hold of."""
        spot = ev.position()
        if self._drag is not None:
            self._drag(spot)
            return
        on_grip = self._predicted > 0 and self.grip().contains(spot)
        shape = Qt.CursorShape.SizeVerCursor if on_grip else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End the drag."""
        drag, self._drag = self._drag, None
        if drag == self._move_threshold:
            self.threshold_set.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show the whole recording again."""
        self.show_all()

    def wheelEvent(self, ev: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom in time at the cursor; sideways, move along."""
        turn = ev.angleDelta()
        start, stop = self._range()
        if turn.y():
            at = self._box.mapSceneToView(ev.position()).x()
            self.zoom_by(_WHEEL_STEP ** turn.y(), at)
        else:
            way = -turn.x() / 1200 * (stop - start)
            self._show_range(start + way, stop + way)
        ev.accept()

    def _scrub(self, spot: QPointF) -> None:
        self.scrubbed.emit(self.frame_at(spot.x()))

    def _move_threshold(self, spot: QPointF) -> None:
        score = self._box.mapSceneToView(spot).y()
        self.threshold_moved.emit(float(np.clip(round(score, 2), 0.0, 1.0)))
