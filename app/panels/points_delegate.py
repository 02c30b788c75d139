"""Draws one point of the list: its sign by visibility, name, confidence, and who placed it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.icons import picture
from app.panels.durations import percent
from app.panels.points_model import PointRow, Role
from app.theme import Tokens, tokens_of
from core.pose.palette import SIDE_COLOURS
from core.pose.pose_track import Point, Source, Visibility
from core.pose.skeleton import Side

_BAR_WIDTH = 64
_LEAST_BAR = 16
_PERCENT_WIDTH = 44
_SIGN = 5.0


class PointsDelegate(QStyledItemDelegate):
    """Takes the colours of the sides from the same table as the stage and the overlay video."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """A line of text with some air; a heading has more above it."""
        row = index.data(Role.ROW)
        heading = isinstance(row, PointRow) and row.keypoint is None
        return QSize(120, QFontMetrics(option.font).height() + (14 if heading else 9))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one line."""
        row = index.data(Role.ROW)
        if not isinstance(row, PointRow):
            return
        tokens = tokens_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        inside = option.rect.adjusted(16, 0, -14, 0)
        if row.point is None:
            _heading(painter, inside, row, tokens)
        else:
            _ground(painter, option, tokens)
            _point(painter, inside, row, row.point, tokens)
        painter.restore()


def side_colour(side: Side, tokens: Tokens) -> QColor:
    """A side's colour; the middle, nearly white, is grey where the ground is light."""
    if side == "middle" and tokens.name == "light":
        return tokens.colour("muted")
    return QColor(*SIDE_COLOURS[side])


def _heading(painter: QPainter, area: QRect, row: PointRow, tokens: Tokens) -> None:
    font = painter.font()
    font.setPointSizeF(max(font.pointSizeF() - 1.0, 7.5))
    font.setWeight(font.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(tokens.colour("muted"))
    place = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
    painter.drawText(area.adjusted(0, 0, 0, -4), place, row.title)


def _ground(painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("accent_soft" if selected else "raised"))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(8, 1, -6, -1), 6, 6)


def _point(painter: QPainter, area: QRect, row: PointRow, point: Point, tokens: Tokens) -> None:
    colour = side_colour(row.side, tokens)
    _sign(painter, QPointF(area.left() + 6, area.center().y() + 1), point, colour)
    absent = point.visibility is Visibility.ABSENT
    painter.setPen(tokens.colour("muted" if absent else "text"))
    middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    metrics = painter.fontMetrics()
    name = area.adjusted(22, 0, 0, 0)
    painter.drawText(name, middle, row.title)
    used = 22 + metrics.horizontalAdvance(row.title) + 10
    right = area.adjusted(used, 0, 0, 0)
    if point.source is Source.HUMAN:
        _by_hand(painter, right, tokens)
    elif not absent:
        _confidence(painter, right, point.confidence, tokens)


def _sign(painter: QPainter, centre: QPointF, point: Point, colour: QColor) -> None:
    """A disc is seen, a ring is hidden, a small cross is not there."""
    painter.setPen(QPen(colour, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    match point.visibility:
        case Visibility.SEEN:
            painter.setBrush(colour)
            painter.drawEllipse(centre, _SIGN, _SIGN)
        case Visibility.HIDDEN:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, _SIGN - 0.5, _SIGN - 0.5)
        case Visibility.ABSENT:
            arm = QPointF(3.5, 3.5)
            painter.drawLine(centre - arm, centre + arm)
            painter.drawLine(
                centre + QPointF(-arm.x(), arm.y()), centre + QPointF(arm.x(), -arm.y())
            )


def _by_hand(painter: QPainter, area: QRect, tokens: Tokens) -> None:
    sign = picture("person", tokens.colour("accent"), 14)
    painter.setPen(tokens.colour("accent"))
    font = painter.font()
    font.setPointSizeF(max(font.pointSizeF() - 1.0, 7.5))
    painter.setFont(font)
    text = "by hand"
    width = painter.fontMetrics().horizontalAdvance(text)
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    painter.drawPixmap(area.right() - width - 20, area.center().y() - 6, sign)


def _confidence(painter: QPainter, area: QRect, confidence: float, tokens: Tokens) -> None:
    """A bar, and the same in percent: never by colour alone."""
    font = painter.font()
    font.setPointSizeF(max(font.pointSizeF() - 1.0, 7.5))
    painter.setFont(font)
    painter.setPen(tokens.colour("muted"))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, right, percent(confidence))
    room = area.width() - _PERCENT_WIDTH
    if room < _LEAST_BAR:
        return
    width = min(_BAR_WIDTH, room)
    left = area.right() - _PERCENT_WIDTH - width
    bar = QRectF(left, area.center().y() - 1, width, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.colour("line"))
    painter.drawRoundedRect(bar, 2, 2)
    bar.setWidth(max(width * min(confidence, 1.0), 4.0))
    painter.setBrush(tokens.colour("muted"))
    painter.drawRoundedRect(bar, 2, 2)
