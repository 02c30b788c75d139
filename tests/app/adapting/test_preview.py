"""Before and now: the newest picture by itself, an older one for as long as one looks at it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.adapting.picture_view import PictureView
from app.adapting.preview import Preview
from app.session.background import Background
from tests.app.adapting.drawn import write_sheet

COLOURS = {0: "#d02020", 100: "#20d020", 200: "#2020d0"}


@pytest.fixture
def preview(qtbot: QtBot, background: Background) -> Preview:
    made = Preview(background)
    qtbot.addWidget(made)
    made.resize(700, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def job(tmp_path: Path) -> Path:
    for step, colour in COLOURS.items():
        write_sheet(tmp_path / f"{step}.jpg", frames=3, colour=colour)
    return tmp_path


def files(*steps: int) -> dict[int, str]:
    return {step: f"{step}.jpg" for step in steps}


def channel(view: PictureView) -> str:
    """Which of red, green and blue a picture is; empty without one."""
    if view.image.isNull():
        return ""
    colour: QColor = view.image.pixelColor(10, 10)
    strength = {"r": colour.red(), "g": colour.green(), "b": colour.blue()}
    return max(strength, key=lambda name: strength[name])


def shows(qtbot: QtBot, preview: Preview, before: str, now: str) -> None:
    qtbot.waitUntil(lambda: (channel(preview.before), channel(preview.now)) == (before, now))


def test_the_latest_stands_beside_the_first(preview: Preview, qtbot: QtBot, job: Path):
    preview.show_folder(job)
    preview.show_pictures(files(0))
    shows(qtbot, preview, "r", "r")
    preview.show_pictures(files(0, 100))
    shows(qtbot, preview, "r", "g")
    preview.show_pictures(files(0, 100, 200))
    shows(qtbot, preview, "r", "b")
    assert preview.step == 200
    assert channel(preview.outline) == "b"
    assert preview.strip.count() == 3


def test_an_older_one_stays_while_newer_ones_come(preview: Preview, qtbot: QtBot, job: Path):
    preview.show_folder(job)
    preview.show_pictures(files(0, 100))
    shows(qtbot, preview, "r", "g")
    texts = [preview.steps.itemText(row) for row in range(preview.steps.count())]
    assert texts == ["The latest", "After step 100", "Before"]
    preview.steps.setFocus()
    QTest.keyClick(preview.steps, Qt.Key.Key_End)
    shows(qtbot, preview, "r", "r")
    preview.show_pictures(files(0, 100, 200))
    assert preview.step == 0
    QTest.keyClick(preview.steps, Qt.Key.Key_Home)
    shows(qtbot, preview, "r", "b")


def test_arrow_keys_and_clicks_choose_a_frame(preview: Preview, qtbot: QtBot, job: Path):
    preview.show_folder(job)
    preview.show_pictures(files(0))
    qtbot.waitUntil(lambda: preview.strip.count() == 3)
    bright = preview.now.image.pixelColor(10, 10).red()
    strip = preview.strip
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.currentRow() == 2
    assert preview.now.image.pixelColor(10, 10).red() < bright
    place = strip.visualItemRect(strip.item(0)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert strip.currentRow() == 0
    assert preview.now.image.pixelColor(10, 10).red() == bright


def test_a_missing_picture_is_said_and_may_come_later(preview: Preview, qtbot: QtBot, job: Path):
    preview.show_folder(job)
    preview.show_pictures(files(0))
    shows(qtbot, preview, "r", "r")
    preview.show_pictures(files(0, 300))
    qtbot.waitUntil(lambda: preview.now.image.isNull())
    write_sheet(job / "300.jpg", frames=3, colour=COLOURS[100])
    preview.steps.setCurrentIndex(preview.steps.findData(300))
    shows(qtbot, preview, "r", "g")


def test_pictures_of_another_job_come_too_late(preview: Preview, qtbot: QtBot, job: Path):
    preview.show_folder(job)
    preview.show_pictures(files(0, 100))
    preview.show_folder(job / "other")
    qtbot.wait(150)
    assert channel(preview.before) == channel(preview.now) == ""
    assert preview.step is None
    assert preview.strip.count() == 0
