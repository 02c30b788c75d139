"""The user draws a box around the infant."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.session.session import Session
from app.stage.video_view import VideoView
from core.geometry import Box
from tests.app.opened import HEIGHT, WIDTH
from tests.app.stage.hands import WRIST, drag, move, press, release, spot_of, xy_of


def test_a_box_is_drawn_reshaped_and_kept(view: VideoView, predicted: Session, qtbot: QtBot):
    assert predicted.recording is not None
    view.begin_roi()
    with qtbot.waitSignal(view.roi_drawn):
        drag(view, spot_of(view, (20, 20)), spot_of(view, (100, 90)))
    drawn = predicted.recording.roi
    assert drawn is not None
    np.testing.assert_allclose(
        (drawn.x, drawn.y, drawn.width, drawn.height), (20, 20, 80, 70), atol=0.3
    )
    drag(view, spot_of(view, (100, 90)), spot_of(view, (500, 500)))
    reshaped = predicted.recording.roi
    assert reshaped is not None
    assert reshaped.x + reshaped.width == WIDTH
    assert reshaped.y + reshaped.height == HEIGHT
    assert predicted.study is not None
    assert predicted.study.recording(predicted.recording.id).roi == reshaped
    QTest.keyClick(view, Qt.Key.Key_Escape)
    drag(view, spot_of(view, xy_of(predicted, WRIST)), QPoint(400, 300))
    assert predicted.undo_name == "Move left wrist"


def test_esc_gives_a_box_up(view: VideoView, predicted: Session):
    predicted.set_roi(Box(10, 10, 50, 50))
    view.begin_roi()
    press(view, spot_of(view, (70, 70)))
    move(view, spot_of(view, (150, 110)))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    release(view, spot_of(view, (150, 110)))
    assert predicted.recording is not None
    assert predicted.recording.roi == Box(10, 10, 50, 50)


def test_a_slip_is_no_box(view: VideoView, predicted: Session, qtbot: QtBot):
    view.begin_roi()
    with qtbot.assertNotEmitted(view.roi_drawn):
        drag(view, spot_of(view, (20, 20)), spot_of(view, (22, 23)))
    assert predicted.recording is not None
    assert predicted.recording.roi is None
