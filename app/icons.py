"""The icon set: drawings in one colour, given the colour of the place where they stand."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.paths import resources_folder

_SIZES = (16, 20, 24)
_DENSITY = 2  # pixels for one logical pixel: sharp on dense screens too
_FAINT = 0.38


def icon(name: str, colour: QColor, *, checked: QColor | None = None) -> QIcon:
    """One icon of resources/icons in a colour, faint when disabled; `checked` colours its on state.

    Raises FileNotFoundError for a name that is not in the set.
    """
    made = QIcon()
    faint = QColor(colour)
    faint.setAlphaF(_FAINT)
    for size in _SIZES:
        made.addPixmap(picture(name, colour, size))
        made.addPixmap(picture(name, faint, size), QIcon.Mode.Disabled)
        if checked is not None:
            made.addPixmap(picture(name, checked, size), QIcon.Mode.Normal, QIcon.State.On)
    return made


def picture(name: str, colour: QColor, size: int) -> QPixmap:
    """One icon as a picture of `size` logical pixels."""
    return QPixmap.fromImage(_drawn(name, colour.name(), colour.alphaF(), size))


def application_icon() -> QIcon:
    """The product's own mark, in its own colours."""
    return QIcon(str(resources_folder() / "icons" / "shift_studio.svg"))


@lru_cache(maxsize=512)  # a window asks for the same few drawings hundreds of times
def _drawn(name: str, colour: str, opacity: float, size: int) -> QImage:
    drawing = (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    side = size * _DENSITY
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setOpacity(opacity)
    coloured = drawing.replace("currentColor", colour)
    QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(_DENSITY)
    return image
