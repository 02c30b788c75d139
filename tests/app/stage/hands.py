"""What a hand does to the stage, by real events, and what the eye sees of it."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.session.session import Session
from app.stage.video_view import VideoView

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
WRIST = 10


def xy_of(session: Session, keypoint: int) -> tuple[float, float]:
    xy = session.pose(session.shown).point(keypoint).xy
    assert xy is not None
    return xy


def spot_of(view: VideoView, xy: tuple[float, float]) -> QPoint:
    return view.spot_of(xy).toPoint()


def press(view: VideoView, spot: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mousePress(view, button, pos=spot)


def move(view: VideoView, spot: QPoint) -> None:
    QTest.mouseMove(view, spot)


def release(view: VideoView, spot: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseRelease(view, button, pos=spot)


def drag(view: VideoView, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    press(view, start, button)
    for part in (0.25, 0.5, 0.75, 1.0):
        move(view, start + (end - start) * part)
    release(view, end, button)


def turn_wheel(view: VideoView, spot: QPoint, degrees: int) -> None:
    event = QWheelEvent(
        QPointF(spot),
        QPointF(view.mapToGlobal(spot)),
        QPoint(),
        QPoint(0, degrees * 8),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def pixels(view: VideoView) -> np.ndarray:
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.array(image.constBits()).reshape(image.height(), image.bytesPerLine())
    return flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
