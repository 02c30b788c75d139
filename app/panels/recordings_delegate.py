"""Draws one recording in the list: picture, name, length and badge."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.icons import picture
from app.panels.recordings_model import Badge, RecordingRow, Role
from app.theme import Tokens, tokens_of

THUMBNAIL = QSize(84, 56)
_PADDING = 8
_RADIUS = 7


class RecordingsDelegate(QStyledItemDelegate):
    """Takes all colours from the palette of the list."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Room for the picture and for two lines of text, whichever is higher."""
        lines = 2 * QFontMetrics(option.font).height() + 10
        return QSize(160, max(THUMBNAIL.height(), lines) + 2 * _PADDING)

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
        frame = QRect(inside.topLeft(), THUMBNAIL)
        frame.moveTop(inside.center().y() - THUMBNAIL.height() // 2)
        _thumbnail(painter, frame, row, tokens)
        text = inside.adjusted(THUMBNAIL.width() + 10, 0, 0, 0)
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
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(frame), _RADIUS, _RADIUS)
    painter.fillPath(shape, tokens.colour("raised"))
    if row.picture is None or row.recording.is_missing:
        name = "link" if row.recording.is_missing else "film"
        sign = picture(name, tokens.colour("muted"), 22)
        painter.drawPixmap(frame.center().x() - 11, frame.center().y() - 11, sign)
        return
    painter.save()
    painter.setClipPath(shape)
    _draw_filling(painter, frame, row.picture)
    painter.restore()


def _draw_filling(painter: QPainter, frame: QRect, image: QPixmap) -> None:
    """Fill the frame with the middle of the image."""
    size = image.deviceIndependentSize()
    factor = max(frame.width() / size.width(), frame.height() / size.height())
    width, height = frame.width() / factor, frame.height() / factor
    ratio = image.devicePixelRatio()
    part = QRectF((size.width() - width) / 2, (size.height() - height) / 2, width, height)
    source = QRectF(part.x() * ratio, part.y() * ratio, width * ratio, height * ratio)
    painter.drawPixmap(QRectF(frame), image, source)


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
    small = option.font
    small.setWeight(small.Weight.Normal)
    small.setPointSizeF(max(option.font.pointSizeF() - 1.0, 7.5))
    painter.setFont(small)
    below = QRect(area.left(), top + line + 5, area.width(), QFontMetrics(small).height())
    painter.setPen(tokens.colour("muted"))
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft, row.length)
    used = QFontMetrics(small).horizontalAdvance(row.length) + 10
    _badge(painter, below.adjusted(used, 0, 0, 0), row.badge, tokens)


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


def for_list(image: QPixmap) -> QPixmap:
    """The image as it is kept for the list: no larger than it is ever drawn."""
    return image.scaled(
        THUMBNAIL * 2,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
