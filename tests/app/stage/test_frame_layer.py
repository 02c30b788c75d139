"""The picture is exact: averaged when shrunk, single pixels when enlarged, aligned at any pan."""

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from app.stage import frame_layer
from app.stage.frame_layer import FrameLayer, scaled
from app.stage.view_transform import ViewTransform
from core.video.frame import Frame

NOISE = np.random.default_rng(3).integers(0, 256, (12, 16, 3), np.uint8)


def test_enlarged_pixels_are_exact_blocks():
    view = ViewTransform(8.0, 0.0, 0.0)
    made = scaled(NOISE, view.affine(1.0), visible=QRect(0, 0, 128, 96), exact=True)
    np.testing.assert_array_equal(made, NOISE.repeat(8, axis=0).repeat(8, axis=1))


def test_a_part_of_the_enlarged_picture_is_the_same_as_the_whole():
    view = ViewTransform(8.0, -40.0, -24.0)
    made = scaled(NOISE, view.affine(1.0), visible=QRect(0, 0, 60, 50), exact=True)
    whole = NOISE.repeat(8, axis=0).repeat(8, axis=1)
    np.testing.assert_array_equal(made, whole[24:74, 40:100])


def test_shrinking_averages():
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::2] = 200
    view = ViewTransform(0.25, 0.0, 0.0)
    made = scaled(stripes, view.affine(1.0), visible=QRect(0, 0, 16, 16), exact=False)
    assert np.abs(made.astype(int) - 100).max() <= 1


@pytest.mark.parametrize("density", [1.0, 2.0])
def test_at_one_to_one_every_device_pixel_is_a_pixel(density: float, qtbot: QtBot):
    layer = FrameLayer()
    view = ViewTransform(1 / density, 3 / density, 2 / density)
    target = QImage(40, 30, QImage.Format.Format_RGB32)
    target.setDevicePixelRatio(density)
    target.fill(QColor("black"))
    painter = QPainter(target)
    frame = Frame(0, 0.0, NOISE)
    layer.paint(painter, frame, view, size=QSize(int(40 / density), int(30 / density)))
    painter.end()
    part = target.copy(3, 2, 16, 12).convertToFormat(QImage.Format.Format_RGB888)
    seen = np.array(part.constBits()).reshape(12, part.bytesPerLine())[:, : 16 * 3]
    np.testing.assert_array_equal(seen.reshape(12, 16, 3), NOISE)


def test_a_picture_out_of_sight_is_no_fault(qtbot: QtBot):
    target = QImage(40, 30, QImage.Format.Format_RGB32)
    painter = QPainter(target)
    frame = Frame(0, 0.0, NOISE)
    FrameLayer().paint(painter, frame, ViewTransform(1.0, 500.0, 0.0), size=QSize(40, 30))
    painter.end()


def test_every_scale_of_shrinking_stays_in_place():
    """A bright square keeps its place in the picture, whatever the scale."""
    image = np.zeros((300, 400, 3), np.uint8)
    image[100:200, 120:240] = 255
    for scale in (0.9, 0.6, 0.5, 0.34, 0.2, 0.11):
        view = ViewTransform(scale, 0.0, 0.0)
        visible = QRect(0, 0, round(400 * scale), round(300 * scale))
        made = scaled(image, view.affine(1.0), visible=visible, exact=False)[..., 0] / 255
        rows, columns = np.indices(made.shape) + 0.5
        np.testing.assert_allclose((made * columns).sum() / made.sum(), 180 * scale, atol=0.6)
        np.testing.assert_allclose((made * rows).sum() / made.sum(), 150 * scale, atol=0.6)


@pytest.mark.parametrize("scale", [1.0, 1.31, 2.0, 2.87, 3.9])
@pytest.mark.parametrize("pan", [0.0, 10.4, -17.3])
def test_every_scale_of_enlarging_stays_in_place(scale: float, pan: float):
    image = np.zeros((60, 80, 3), np.uint8)
    image[20:40, 24:48] = 255
    view = ViewTransform(scale, pan, pan / 2)
    target = QRectF(pan, pan / 2, 80 * scale, 60 * scale).toRect()
    visible = target.intersected(QRect(0, 0, 1000, 1000))
    made = scaled(image, view.affine(1.0), visible=visible, exact=False)[..., 0] / 255
    assert made.shape == (visible.height(), visible.width())
    rows, columns = np.indices(made.shape) + 0.5
    x = visible.left() + (made * columns).sum() / made.sum()
    y = visible.top() + (made * rows).sum() / made.sum()
    np.testing.assert_allclose((x, y), (36 * scale + pan, 30 * scale + pan / 2), atol=0.51)


def test_a_part_of_a_smooth_picture_is_the_same_as_the_whole():
    smooth = np.asarray(cv2.resize(NOISE, (160, 120), interpolation=cv2.INTER_CUBIC), np.uint8)
    affine = ViewTransform(2.37, 0.0, 0.0).affine(1.0)
    whole = scaled(smooth, affine, visible=QRect(0, 0, 379, 284), exact=False).astype(int)
    part = scaled(smooth, affine, visible=QRect(100, 60, 120, 90), exact=False).astype(int)
    assert np.abs(part - whole[60:150, 100:220]).mean() < 1.5


@pytest.mark.parametrize("scale", [0.9, 0.31, 0.11])
def test_a_large_frame_is_halved_once_and_stays_in_place(
    scale: float, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(frame_layer, "_LARGE", 1000)
    image = np.zeros((301, 403, 3), np.uint8)
    image[100:200, 120:240] = 255
    target = QImage(400, 300, QImage.Format.Format_RGB32)
    target.fill(QColor("black"))
    painter, layer = QPainter(target), FrameLayer()
    layer.paint(painter, Frame(0, 0.0, image), ViewTransform(scale), size=QSize(400, 300))
    painter.end()
    grey = target.convertToFormat(QImage.Format.Format_Grayscale8)
    made = np.array(grey.constBits()).reshape(300, -1)[:, :400] / 255
    rows, columns = np.indices(made.shape) + 0.5
    np.testing.assert_allclose((made * columns).sum() / made.sum(), 180 * scale, atol=0.6)
    np.testing.assert_allclose((made * rows).sum() / made.sum(), 150 * scale, atol=0.6)
