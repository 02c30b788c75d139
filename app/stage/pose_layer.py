"""Paints keypoints and bones at a constant size on screen, whatever the zoom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.commands import title
from app.stage.point_marks import BoneMark, PointMark, Shape, bone_marks, in_words, point_marks
from app.stage.view_transform import ViewTransform
from core.pose.palette import HALO, HUMAN_MARK
from core.pose.pose_track import Pose
from core.pose.skeleton import Skeleton

_RADIUS = 5.5
_TAG = QColor(16, 18, 24, 225)
_TAG_TEXT = QColor(255, 255, 255)


@dataclass(frozen=True)
class PoseLook:
    """What the user chose to see, and what the cursor does: keypoints by position."""

    selected: int | None = None
    hovered: int | None = None
    held: int | None = None
    names: bool = False
    point_size: float = 1.0


class PoseLayer:
    """Draws one pose."""

    def __init__(self, skeleton: Skeleton) -> None:
        """Draw poses of this skeleton."""
        self._skeleton = skeleton

    def paint(self, painter: QPainter, pose: Pose, view: ViewTransform, look: PoseLook) -> None:
        """Bones below, then points, then the selected point and the name tags on top."""
        spots = view.to_screen(pose.xy)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for bone in bone_marks(pose, self._skeleton):
            _paint_bone(painter, bone, spots, look)
        for mark in point_marks(pose, self._skeleton):
            _paint_point(painter, mark, _spot(spots, mark.keypoint), look)
        self._paint_tags(painter, pose, spots, look)
        painter.restore()

    def _paint_tags(
        self, painter: QPainter, pose: Pose, spots: NDArray[np.float64], look: PoseLook
    ) -> None:
        told = {k for k in (look.selected, look.hovered) if k is not None and k != look.held}
        named = set(range(len(self._skeleton))) if look.names else told
        for keypoint in sorted(named, key=told.__contains__):
            if pose.visibility[keypoint]:
                text = title(self._skeleton.keypoints[keypoint])
                if keypoint in told:
                    text = f"{text} · {in_words(pose.point(keypoint))}"
                _paint_tag(painter, _spot(spots, keypoint), text, faint=keypoint not in told)


def _spot(spots: NDArray[np.float64], keypoint: int) -> QPointF:
    return QPointF(*spots[keypoint])


def _paint_bone(
    painter: QPainter, bone: BoneMark, spots: NDArray[np.float64], look: PoseLook
) -> None:
    start, end = (_spot(spots, at) for at in bone.ends)
    ends = _trimmed(start, end, _RADIUS * look.point_size)
    width = (1.6 if bone.doubtful else 3.0) * look.point_size
    held = look.held in bone.ends
    halo = QColor(*HALO, 60 if held else 130)
    painter.setPen(QPen(halo, width + 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(ends)
    pen = QPen(QColor(*bone.colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    if bone.doubtful:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.setOpacity(0.55 if held else 0.9)
    painter.drawLine(ends)
    painter.setOpacity(1.0)


def _trimmed(start: QPointF, end: QPointF, radius: float) -> QLineF:
    """A bone from rim to rim, so that hollow points stay hollow."""
    line = QLineF(start, end)
    cut = min(radius / line.length(), 0.5) if line.length() > 0 else 0.0
    return QLineF(line.pointAt(cut), line.pointAt(1 - cut))


def _paint_point(painter: QPainter, mark: PointMark, spot: QPointF, look: PoseLook) -> None:
    selected, hovered = mark.keypoint == look.selected, mark.keypoint == look.hovered
    radius = _RADIUS * look.point_size * (1.2 if hovered or selected else 1.0)
    colour = QColor(*mark.colour)
    if mark.keypoint == look.held:
        _paint_crosshair(painter, spot, colour)
        return
    if selected:
        _paint_selection(painter, spot, radius + 5.0)
    match mark.shape:
        case Shape.DISC:
            _ellipse(painter, spot, radius, pen=QPen(QColor(*HALO), 1.6), fill=colour)
        case Shape.RING:
            _ring(painter, spot, radius, QPen(colour, 2.6))
        case Shape.DASHED:
            pen = QPen(colour, 1.8)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(_five_dashes(radius, pen.widthF()))
            _ring(painter, spot, radius, pen)
    if mark.by_hand:
        _ellipse(painter, spot, radius * 0.42, pen=Qt.PenStyle.NoPen, fill=QColor(*HUMAN_MARK))


def _ring(painter: QPainter, spot: QPointF, radius: float, pen: QPen) -> None:
    """A hollow point: what lies under it stays in sight, dimmed a little."""
    halo = QPen(QColor(*HALO, 150), pen.widthF() + 1.8)
    _ellipse(painter, spot, radius, pen=halo, fill=QColor(*HALO, 60))
    _ellipse(painter, spot, radius, pen=pen, fill=Qt.BrushStyle.NoBrush)


def _five_dashes(radius: float, width: float) -> list[float]:
    """A dash pattern, in pen widths, that closes around a ring of this radius."""
    part = 2 * np.pi * radius / 5 / width
    return [0.62 * part, 0.38 * part]


def _paint_selection(painter: QPainter, spot: QPointF, radius: float) -> None:
    _ellipse(painter, spot, radius, pen=QPen(QColor(*HALO, 170), 4.0), fill=Qt.BrushStyle.NoBrush)
    _ellipse(painter, spot, radius, pen=QPen(_TAG_TEXT, 1.8), fill=Qt.BrushStyle.NoBrush)


def _paint_crosshair(painter: QPainter, spot: QPointF, colour: QColor) -> None:
    """A held point becomes a fine cross with a free middle: one sees where it is put."""
    for pen in (QPen(QColor(*HALO, 200), 3.2), QPen(colour, 1.5)):
        painter.setPen(pen)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            way = QPointF(dx, dy)
            painter.drawLine(spot + way * 3.0, spot + way * 11.0)


def _ellipse(
    painter: QPainter,
    spot: QPointF,
    radius: float,
    *,
    pen: QPen | Qt.PenStyle,
    fill: QColor | Qt.BrushStyle,
) -> None:
    painter.setPen(pen)
    painter.setBrush(fill)
    painter.drawEllipse(spot, radius, radius)


def _paint_tag(painter: QPainter, spot: QPointF, text: str, *, faint: bool) -> None:
    """A label beside a point; near the right edge it stands on the left."""
    metrics = QFontMetricsF(painter.font())
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 14, metrics.height() + 6)
    box.moveTopLeft(spot + QPointF(13, -box.height() - 5))
    room = QRectF(painter.viewport())
    if box.right() > room.right():
        box.moveRight(spot.x() - 13)
    if box.top() < 0:
        box.moveTop(spot.y() + 8)
    painter.setOpacity(0.75 if faint else 1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_TAG)
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(_TAG_TEXT)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setOpacity(1.0)
