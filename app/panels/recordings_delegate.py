"""Draws one recording in the list: picture, name, length and badge."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.icons import picture
from app.panels.recordings_model import Badge, RecordingRow, Role
from app.panels.thumbnail import RADIUS
from app.panels.thumbnail import SIZE as THUMBNAIL_SIZE
from app.theme import Tokens, tokens_of

_PADDING = 8


class RecordingsDelegate(QStyledItemDelegate):
    """Takes all colours from the palette of the list."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Room for the picture and for two lines of text, whichever is higher."""
        lines = 2 * QFontMetrics(option.font).height() + 10
        return QSize(160, max(THUMBNAIL_SIZE.height(), lines) + 2 * _PADDING)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one line."""
        row = index.data(Role.ROW)
        if not isinstance(row, RecordingRow):
            return
        tokens = tokens_of(option.palette)
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        _background(painter, option, tokens)
        inside = option.rect.adjusted(_PADDING + 4, _PADDING, -_PADDING - 4, -_PADDING)
        frame = QRect(inside.topLeft(), THUMBNAIL_SIZE)
        frame.moveTop(inside.center().y() - THUMBNAIL_SIZE.height() // 2)
        _thumbnail(painter, frame, row, tokens)
        text = inside.adjusted(THUMBNAIL_SIZE.width() + 10, 0, 0, 0)
        _words(painter, text, row, option)
        painter.restore()


def _background(painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens) -> None:
    state = option.state
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if not selected and not state & QStyle.StateFlag.State_MouseOver:
        return
    area = QRectF(option.rect).adjusted(4, 2, -4, -2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.colour("accent_soft" if selected else "raised"))
    painter.drawRoundedRect(area, 8, 8)
    if selected:
        painter.setBrush(tokens.colour("accent"))
        painter.drawRoundedRect(QRectF(area.left(), area.top() + 12, 3, area.height() - 24), 2, 2)


def _thumbnail(painter: QPainter, frame: QRect, row: RecordingRow, tokens: Tokens) -> None:
    if row.picture is None or row.recording.is_missing:
        _placeholder(painter, frame, row, tokens)
        return
    painter.drawPixmap(frame.topLeft(), row.picture)
    if row.badge.fraction is not None:
        _progress(painter, frame, row.badge.fraction, tokens)
    _length(painter, frame, row.length)


def _placeholder(painter: QPainter, frame: QRect, row: RecordingRow, tokens: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.colour("raised"))
    painter.drawRoundedRect(QRectF(frame), RADIUS, RADIUS)
    name = "link" if row.recording.is_missing else "film"
    sign = picture(name, tokens.colour("muted"), 22)
    painter.drawPixmap(frame.center().x() - 11, frame.center().y() - 11, sign)


def _progress(painter: QPainter, frame: QRect, fraction: float, tokens: Tokens) -> None:
    """How far the model is, along the lower edge of the picture."""
    line = QRectF(frame.left() + RADIUS, frame.bottom() - 4, frame.width() - 2 * RADIUS, 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawRoundedRect(line, 1.5, 1.5)
    line.setWidth(line.width() * fraction)
    painter.setBrush(tokens.colour("accent"))
    painter.drawRoundedRect(line, 1.5, 1.5)


def _words(painter: QPainter, area: QRect, row: RecordingRow, option: QStyleOptionViewItem) -> None:
    tokens = tokens_of(option.palette)
    name_font = option.font
    name_font.setWeight(name_font.Weight.Medium)
    metrics = QFontMetrics(name_font)
    line = metrics.height()
    top = area.center().y() - line - 1
    painter.setFont(name_font)
    painter.setPen(tokens.colour("text"))
    name = metrics.elidedText(row.recording.name, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(QRect(area.left(), top, area.width(), line), Qt.AlignmentFlag.AlignLeft, name)
    painter.setFont(_smaller(option.font))
    height = painter.fontMetrics().height()
    below = QRect(area.left(), top + line + 5, area.width(), height)
    _badge(painter, below, row.badge, tokens)


def _length(painter: QPainter, frame: QRect, length: str) -> None:
    """How long the recording is, on the corner of its picture."""
    painter.setFont(_smaller(painter.font()))
    metrics = painter.fontMetrics()
    plate = QRectF(0, 0, metrics.horizontalAdvance(length) + 8, metrics.height())
    plate.moveBottomRight(QRectF(frame).bottomRight() - QPointF(3, 6))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 170))
    painter.drawRoundedRect(plate, 4, 4)
    painter.setPen(QColor("#ffffff"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, length)


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    small.setWeight(QFont.Weight.Normal)
    small.setPointSizeF(max(font.pointSizeF() - 1.0, 7.5))
    return small


def _badge(painter: QPainter, area: QRect, badge: Badge, tokens: Tokens) -> None:
    colour = tokens.colour(badge.colour)
    dot = 6
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(area.left(), area.center().y() - dot / 2 + 1, dot, dot))
    words = area.adjusted(dot + 5, 0, 0, 0)
    painter.setPen(colour)
    metrics = painter.fontMetrics()
    text = metrics.elidedText(badge.text, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft, text)
