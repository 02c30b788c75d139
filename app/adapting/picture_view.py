"""A picture as wide as its place allows, with round corners."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import tokens_of

_RADIUS = 8


class PictureView(QWidget):
    """Shows one picture, or says why there is none."""

    def __init__(self, name: str, hint: QSize) -> None:
        """Start empty, in the shape of `hint`; `name` is for screen readers."""
        super().__init__()
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._hint = hint
        self._image = QImage()
        self._scaled = QPixmap()
        self._empty = ""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What it wishes for."""
        return self._hint

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Small enough for any window."""
        return self._hint / 2

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the picture wants to be."""
        shape = self._hint if self._image.isNull() else self._image.size()
        return round(width * shape.height() / shape.width())

    @property
    def image(self) -> QImage:
        """What is shown; null while there is nothing."""
        return self._image

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        is_alike = image.size() == self._image.size()
        self._image = image
        self._scaled = QPixmap()
        self.update()
        if not is_alike:
            self.updateGeometry()

    def show_nothing(self, why: str) -> None:
        """Say why there is no picture."""
        self._empty = why
        self.show_image(QImage())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw again when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.place()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(area), _RADIUS, _RADIUS)
        painter.setClipPath(shape)
        tokens = tokens_of(self.palette())
        painter.fillRect(area, tokens.colour("stage"))
        if self._image.isNull():
            painter.setPen(tokens.colour("muted"))
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area.adjusted(8, 8, -8, -8), wrapped, self._empty)
        else:
            painter.drawPixmap(area.topLeft(), self._fitted(area.size()))

    def place(self) -> QRect:
        """Where the picture is in the widget; all of it while there is none."""
        if self._image.isNull():
            return self.rect()
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRect(0, 0, size.width(), size.height())
        area.moveCenter(self.rect().center())
        return area

    def _fitted(self, size: QSize) -> QPixmap:
        """The picture in the screen's own pixels, kept until either changes."""
        pixels = size * self.devicePixelRatioF()
        if self._scaled.size() != pixels:
            smooth = Qt.TransformationMode.SmoothTransformation
            ignore = Qt.AspectRatioMode.IgnoreAspectRatio
            self._scaled = QPixmap.fromImage(self._image.scaled(pixels, ignore, smooth))
            self._scaled.setDevicePixelRatio(self.devicePixelRatioF())
        return self._scaled
