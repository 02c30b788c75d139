"""Held-out frames by both models, one large, by mouse and arrow keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.adapting.side_by_side import SideBySide
from app.session.background import Background
from tests.app.adapting.drawn import report

COUNT = 9
SIDES = ("Old model", "New model")


@pytest.fixture
def pictures(qtbot: QtBot, background: Background, tmp_path: Path) -> SideBySide:
    made = SideBySide(background)
    qtbot.addWidget(made)
    made.resize(640, 420)
    made.show_pictures(report(tmp_path, pictures=COUNT), tmp_path, SIDES)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: not made.large.image.isNull())
    return made


def hue(pictures: SideBySide) -> int:
    """The colour by which a drawn picture is known; each has its own."""
    return round(pictures.large.image.pixelColor(3, 3).hue() / 40)


def test_arrow_keys_go_from_one_to_the_next(pictures: SideBySide, qtbot: QtBot):
    pictures.strip.setFocus()
    seen = []
    for _ in range(COUNT + 1):
        row = pictures.row
        qtbot.waitUntil(lambda row=row: hue(pictures) == row)
        seen.append(pictures.caption.toolTip())
        QTest.keyClick(pictures.strip, Qt.Key.Key_Right)
    assert pictures.row == COUNT - 1
    assert seen[:2] == ["visit_1 · frame 0", "visit_1 · frame 120"]
    QTest.keyClick(pictures.strip, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: hue(pictures) == 0)


def test_a_click_on_a_small_one_makes_it_large(pictures: SideBySide, qtbot: QtBot):
    strip = pictures.strip
    place = strip.visualItemRect(strip.item(2)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: hue(pictures) == 2)


def test_a_click_on_the_large_one_takes_the_arrow_keys(pictures: SideBySide, qtbot: QtBot):
    QTest.mouseClick(pictures.large, Qt.MouseButton.LeftButton)
    assert pictures.strip.hasFocus()


def test_small_pictures_come_in(pictures: SideBySide, qtbot: QtBot):
    def is_drawn(row: int) -> bool:
        icon = pictures.strip.item(row).icon().pixmap(pictures.strip.iconSize()).toImage()
        return icon.pixelColor(4, icon.height() // 2).alpha() == 255

    qtbot.waitUntil(lambda: all(is_drawn(row) for row in range(COUNT)))


def test_the_video_is_wanted(pictures: SideBySide, qtbot: QtBot, tmp_path: Path):
    with qtbot.waitSignal(pictures.video_wanted, timeout=500) as wanted:
        QTest.mouseClick(pictures.video_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [tmp_path / "verdict" / "side-by-side.mp4"]


def test_without_pictures_and_video(pictures: SideBySide):
    pictures.show_pictures(report(pictures=0), Path(), SIDES)
    assert pictures.large.image.isNull()
    assert not pictures.video_button.isVisible()
    assert not pictures.strip.isVisible()


def test_a_missing_picture_leaves_the_others(pictures: SideBySide, qtbot: QtBot, tmp_path: Path):
    (tmp_path / "verdict" / "1.jpg").unlink()
    pictures.strip.setFocus()
    QTest.keyClick(pictures.strip, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: pictures.large.image.isNull())
    QTest.keyClick(pictures.strip, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: hue(pictures) == 2)


def test_a_new_verdict_begins_at_its_first_picture(
    pictures: SideBySide, qtbot: QtBot, tmp_path: Path
):
    pictures.strip.setCurrentRow(5)
    pictures.show_pictures(report(tmp_path, pictures=3), tmp_path, SIDES)
    assert pictures.row == 0
    qtbot.waitUntil(lambda: hue(pictures) == 0)
