"""The icon set: drawings in one colour, given the colour of the place where they stand."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.paths import resources_folder

_SIZES = (16, 20, 24, 32, 48)
_DISABLED_OPACITY = 0.38


def icon(name: str, colour: QColor, *, checked: QColor | None = None) -> QIcon:
    """One icon of resources/icons in a colour, faint when disabled; `checked` colours its on state.

    Raises FileNotFoundError for a name that is not in the set.
    """
    drawing = (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    faint = QColor(colour)
    faint.setAlphaF(_DISABLED_OPACITY)
    for size in _SIZES:
        made.addPixmap(_pixmap(drawing, colour, size))
        made.addPixmap(_pixmap(drawing, faint, size), QIcon.Mode.Disabled)
        if checked is not None:
            made.addPixmap(_pixmap(drawing, checked, size), QIcon.Mode.Normal, QIcon.State.On)
    return made


def picture(name: str, colour: QColor, size: int) -> QPixmap:
    """One icon as a picture of `size` logical pixels, sharp on screens of double density."""
    drawing = (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return _pixmap(drawing, colour, size)


def application_icon() -> QIcon:
    """The product's own mark, in its own colours."""
    return QIcon(str(resources_folder() / "icons" / "shift_studio.svg"))


def _pixmap(drawing: str, colour: QColor, size: int) -> QPixmap:
    coloured = drawing.replace("currentColor", colour.name())
    density = 2
    pixmap = QPixmap(QSize(size, size) * density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(colour.alphaF())
    QSvgRenderer(QByteArray(coloured.encode())).render(
        painter, QRectF(0, 0, size * density, size * density)
    )
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap
