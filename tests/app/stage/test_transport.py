"""The bar tells where one is and drives playback and zoom."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.controls import IconButton
from app.session.session import Session
from app.stage.playback import Playback
from app.stage.transport import Transport
from app.stage.video_view import VideoView


@pytest.fixture
def bar(opened: Session, qtbot: QtBot) -> Transport:
    view = VideoView(opened)
    view.resize(600, 400)
    view.show()
    made = Transport(opened, Playback(opened), view)
    qtbot.addWidget(view)
    qtbot.addWidget(made)
    made.resize(800, 48)
    made.show()
    return made


def click(bar: Transport, words: str) -> None:
    buttons = bar.findChildren(IconButton)
    button = next(b for b in buttons if b.accessibleName().startswith(words))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_position_in_frames_and_time(bar: Transport, opened: Session):
    opened.go_to(12)
    assert bar.position.text() == "Frame 12 / 39  ·  00:00.60 / 00:01.95"


def test_buttons_step(bar: Transport, opened: Session):
    click(bar, "One frame on")
    click(bar, "One frame on")
    click(bar, "One frame back")
    assert opened.frame == 1
    click(bar, "Last frame")
    assert opened.frame == 39
    click(bar, "First frame")
    assert opened.frame == 0


def test_the_play_button_becomes_pause(bar: Transport, opened: Session):
    click(bar, "Play")
    assert bar.play.accessibleName() == "Pause (Space)"
    click(bar, "Pause")
    assert bar.play.accessibleName() == "Play (Space)"


def test_zoom_is_shown(bar: Transport):
    before = bar.zoom.text()
    click(bar, "Larger")
    assert bar.zoom.text() != before
    click(bar, "Fit")
    assert bar.zoom.text() == before


def test_speed_follows_and_leads(bar: Transport):
    bar._playback.set_speed(2.0)
    assert bar.speed.currentText() == "2×"
    bar.speed.setCurrentIndex(0)
    bar.speed.activated.emit(0)
    assert bar._playback.speed == 0.25


def test_no_button_takes_the_focus(bar: Transport):
    assert all(b.focusPolicy() is Qt.FocusPolicy.NoFocus for b in bar.findChildren(IconButton))


def test_without_a_recording_it_is_off(bar: Transport, opened: Session):
    opened.select_recording(None)
    assert not bar.isEnabled()
    assert bar.position.text() == ""


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (640, "Frame 12 / 39  ·  00:00.60 / 00:01.95"),
        (560, "Frame 12 / 39  ·  00:00.60"),
        (420, "12 / 39"),
    ],
)
def test_a_narrow_bar_keeps_the_position(bar: Transport, opened: Session, width: int, words: str):
    opened.go_to(12)
    bar.resize(width, 48)
    assert bar.position.text() == words
    assert not bar.zoom.isVisible()
