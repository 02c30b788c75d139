"""Keeps the curve of confidence as a picture, so that a moving playhead costs nothing."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.stage.score_picture import RGB, CurveLook, Window, score_picture
from app.theme import Tokens

TOP = 1.1
BOTTOM = -0.24  # below 0 stand the marks of corrected frames


class ScoreLayer:
    """Draws the curve into the part of a plot above score 0."""

    def __init__(self) -> None:
        """Nothing drawn yet."""
        self._key: object = None
        self._picture = QPixmap()

    def forget(self) -> None:
        """Draw anew next time: the scores have changed."""
        self._key = None

    def paint(
        self,
        painter: QPainter,
        scores: NDArray[np.float32],
        area: QRectF,
        *,
        span: tuple[float, float],
        threshold: float,
        tokens: Tokens,
    ) -> None:
        """Draw frames `span` into a plot whose scores go from BOTTOM to TOP."""
        density = painter.device().devicePixelRatioF()
        above = area.height() * TOP / (TOP - BOTTOM)
        width, height = round(area.width() * density), round(above * density)
        key = (span, width, height, threshold, tokens.name)
        if width < 1 or height < 1:
            return
        if key != self._key:
            window = Window(*span, top=TOP, width=width, height=height)
            look = CurveLook(
                _rgb(tokens.colour("accent")), _rgb(tokens.colour("warning")), threshold, density
            )
            self._picture = _pixmap(score_picture(scores, window, look), density)
            self._key = key
        painter.drawPixmap(area.topLeft(), self._picture)


def _rgb(colour: QColor) -> RGB:
    return colour.red(), colour.green(), colour.blue()


def _pixmap(pixels: NDArray[np.uint8], density: float) -> QPixmap:
    height, width = pixels.shape[:2]
    image_format = QImage.Format.Format_RGBA8888_Premultiplied
    pixmap = QPixmap.fromImage(QImage(pixels.data, width, height, 4 * width, image_format))
    pixmap.setDevicePixelRatio(density)
    return pixmap
