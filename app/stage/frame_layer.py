"""Paints a frame crisp at any scale: averaged when shrunk, smooth when enlarged, then pixels."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPixmap

from app.stage.view_transform import ViewTransform
from core.geometry import Affine
from core.video.frame import Frame

_PIXELS_FROM = 4.0  # from this scale up single pixels are worth seeing


class FrameLayer:
    """Keeps the last painted picture, so that moving a point does not scale the frame again."""

    def __init__(self) -> None:
        """Nothing painted yet."""
        self._frame: Frame | None = None
        self._key: object = None
        self._picture = QPixmap()
        self._corner = QPoint()

    def paint(self, painter: QPainter, frame: Frame, view: ViewTransform, *, size: QSize) -> None:
        """Draw the visible part of a frame in a widget of this logical size."""
        density = painter.device().devicePixelRatioF()
        key = (view, size, density)
        if frame is not self._frame or key != self._key:
            self._render(frame, view, size * density, density)
            self._frame, self._key = frame, key
        painter.drawPixmap(QPointF(self._corner) / density, self._picture)

    def _render(self, frame: Frame, view: ViewTransform, size: QSize, density: float) -> None:
        affine = view.affine(density)
        height, width = frame.image.shape[:2]
        target = QRectF(affine.c, affine.f, width * affine.a, height * affine.e)
        visible = target.toRect().intersected(QRect(QPoint(), size))
        self._corner = visible.topLeft()
        if visible.isEmpty():
            self._picture = QPixmap()
            return
        pixels = scaled(frame.image, affine, visible=visible, exact=view.scale >= _PIXELS_FROM)
        self._picture = QPixmap.fromImage(qimage(pixels))
        self._picture.setDevicePixelRatio(density)


def scaled(
    image: NDArray[np.uint8], affine: Affine, *, visible: QRect, exact: bool
) -> NDArray[np.uint8]:
    """The part of an image that falls into a rectangle of device pixels, resampled."""
    if affine.a < 1:
        return _shrunk(image, affine, visible)
    shift = Affine.translation(-visible.x(), -visible.y())
    return cv2.warpAffine(  # pyright: ignore[reportReturnType]
        image,
        affine.then(shift).index_matrix,
        (visible.width(), visible.height()),
        flags=cv2.INTER_NEAREST if exact else cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )


def _shrunk(image: NDArray[np.uint8], affine: Affine, visible: QRect) -> NDArray[np.uint8]:
    """Each device pixel blends what it covers, so that nothing flickers or breaks up."""
    size = max(visible.width(), 1), max(visible.height(), 1)
    corners = affine.inverse(
        [[visible.left(), visible.top()], [visible.left() + size[0], visible.top() + size[1]]]
    )
    height, width = image.shape[:2]
    left, top = (max(math.floor(v + 0.5), 0) for v in corners[0])
    right, bottom = min(round(corners[1][0]), width), min(round(corners[1][1]), height)
    part = image[top : max(bottom, top + 1), left : max(right, left + 1)]
    # Halving averages exactly and is fast; averaging at once by any factor takes ten times as
    # long, on a 4K frame longer than the event loop may stand still.
    while part.shape[1] >= 2 * size[0] and part.shape[0] >= 2 * size[1]:
        half = part.shape[1] // 2, part.shape[0] // 2
        part = cv2.resize(part, half, interpolation=cv2.INTER_AREA)
    return cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)  # pyright: ignore[reportReturnType]


def qimage(pixels: NDArray[np.uint8]) -> QImage:
    """An RGB array (H, W, 3) as an image that owns its memory."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)
