"""Paints a frame crisp at any scale: averaged when shrunk, smooth when enlarged, then pixels."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPixmap

from app.stage.view_transform import ViewTransform
from core.geometry import Affine
from core.video.frame import Frame

_PIXELS_FROM = 4.0  # from this scale up single pixels are worth seeing
_REACH = 2  # pixels to each side that a cubic blends in
_TRIES = 8  # columns at which a part may begin
_LARGE = 12_000_000  # pixels from which halving at every paint would hold the window up


class FrameLayer:
    """Keeps the last painted picture, so that moving a point does not scale the frame again."""

    def __init__(self) -> None:
        """Nothing painted yet."""
        self._frame: Frame | None = None
        self._key: object = None
        self._halves: list[NDArray[np.uint8]] = []  # of a large frame, each half the one before
        self._picture = QPixmap()
        self._corner = QPoint()

    def paint(self, painter: QPainter, frame: Frame, view: ViewTransform, *, size: QSize) -> None:
        """Draw the visible part of a frame in a widget of this logical size."""
        density = painter.device().devicePixelRatioF()
        key = (view, size, density)
        if frame is not self._frame:
            self._halves = [frame.image]
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
        image = self._halved(affine.a)
        smaller = width / image.shape[1], height / image.shape[0]
        fitting = Affine(affine.a * smaller[0], 0.0, affine.c, 0.0, affine.e * smaller[1], affine.f)
        pixels = scaled(image, fitting, visible=visible, exact=view.scale >= _PIXELS_FROM)
        self._picture = QPixmap.fromImage(qimage(pixels))
        self._picture.setDevicePixelRatio(density)

    def _halved(self, scale: float) -> NDArray[np.uint8]:
        """The frame, or of a large one the smallest half that still has a pixel for each shown."""
        halves = self._halves
        if halves[0].shape[0] * halves[0].shape[1] < _LARGE:
            return halves[0]
        wanted = max(math.floor(-math.log2(scale)), 0)
        while len(halves) <= wanted and min(halves[-1].shape[:2]) > 1:
            halves.append(_half(halves[-1]))
        return halves[min(wanted, len(halves) - 1)]


def scaled(
    image: NDArray[np.uint8], affine: Affine, *, visible: QRect, exact: bool
) -> NDArray[np.uint8]:
    """The part of an image that falls into a rectangle of device pixels, resampled."""
    if affine.a < 1:
        return _shrunk(image, affine, visible)
    if not exact:
        return _enlarged(image, affine, visible)
    shift = Affine.translation(-visible.x(), -visible.y())
    return cv2.warpAffine(  # pyright: ignore[reportReturnType]
        image,
        affine.then(shift).index_matrix,
        (visible.width(), visible.height()),
        flags=cv2.INTER_NEAREST,
        borderMode=cv2.BORDER_REPLICATE,
    )


def _enlarged(image: NDArray[np.uint8], affine: Affine, visible: QRect) -> NDArray[np.uint8]:
    """Smooth, and in place to half a device pixel: `warpAffine` is exact and ten times slower."""
    height, width = image.shape[:2]
    across = _span(affine.a, affine.c, visible.left(), visible.width(), width)
    down = _span(affine.e, affine.f, visible.top(), visible.height(), height)
    part = image[down.first : down.stop, across.first : across.stop]
    # With factors instead of a size, the scale is exactly this one.
    large = cv2.resize(part, None, fx=affine.a, fy=affine.e, interpolation=cv2.INTER_CUBIC)
    cut = large[down.skipped :, across.skipped :][: visible.height(), : visible.width()]
    lacks = visible.height() - cut.shape[0], visible.width() - cut.shape[1]
    return cv2.copyMakeBorder(cut, 0, lacks[0], 0, lacks[1], cv2.BORDER_REPLICATE)  # pyright: ignore[reportReturnType]


@dataclass(frozen=True)
class _Span:
    """Pixels [first, stop) to enlarge, and how many device pixels to skip then."""

    first: int
    stop: int
    skipped: int


def _span(scale: float, offset: float, start: int, length: int, end: int) -> _Span:
    seen = math.floor((start - offset) / scale) - _REACH
    stop = math.ceil((start + length - offset) / scale) + _REACH
    last = min(max(seen, 0), end - 1)
    # Of a few columns to begin with, the one that falls best on the grid of device pixels.
    tries = range(max(last - _TRIES + 1, 0), last + 1)
    first = min(tries, key=lambda at: abs(offset + scale * at - round(offset + scale * at)))
    return _Span(
        first, min(max(stop, first + 1), end), max(start - round(offset + scale * first), 0)
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
        part = _half(part)
    return cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)  # pyright: ignore[reportReturnType]


def _half(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    size = max(image.shape[1] // 2, 1), max(image.shape[0] // 2, 1)
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)  # pyright: ignore[reportReturnType]


def qimage(pixels: NDArray[np.uint8]) -> QImage:
    """An RGB array (H, W, 3) as an image that owns its memory."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)
