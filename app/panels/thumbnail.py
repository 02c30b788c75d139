"""The small picture of a recording, made ready in a thread so that drawing the list is quick."""

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter, QPainterPath

from core.study.recordings import Recording
from core.study.study import Study
from core.video.source import preview

SIZE = QSize(84, 56)  # logical pixels in the list
RADIUS = 7
_KEPT = SIZE * 2  # pixels kept in the study
_QUALITY = 85


def thumbnail(study: Study, recording: Recording, density: float) -> QImage:
    """The first frame, cut to the list's frame with round corners, for a screen of this density.

    It is kept in the study for the next time. Raises BadVideo, BadStudy or NoSpace.
    """
    kept = study.thumbnail(recording.id)
    if kept is not None:
        return _framed(QImage.fromData(kept), density)
    frame = preview(recording.path)
    height, width, _ = frame.image.shape
    whole = QImage(frame.image.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    small = _filling(whole, _KEPT)
    study.set_thumbnail(recording.id, _as_jpeg(small))
    return _framed(small, density)


def _filling(image: QImage, size: QSize) -> QImage:
    """The middle of the image, as much as fills `size`."""
    scaled = image.scaled(
        size,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    middle = QRect(0, 0, size.width(), size.height())
    middle.moveCenter(scaled.rect().center())
    return scaled.copy(middle)


def _framed(image: QImage, density: float) -> QImage:
    pixels = SIZE * density
    made = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(made.rect()), RADIUS * density, RADIUS * density)
    painter.setClipPath(shape)
    painter.drawImage(0, 0, _filling(image, pixels))
    painter.end()
    made.setDevicePixelRatio(density)
    return made


def _as_jpeg(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())
