"""Contact sheets are taken apart as they were put together."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from app.adapting.sheet import PANEL, PITCH, panels, read_picture, read_sheet
from core.errors import BadInput
from tests.app.adapting.drawn import write_sheet
from tests.architecture.tracked import PROJECT


def test_the_measures_are_those_of_the_training():
    drawing = (PROJECT / "core/training/log/pose_sheet.py").read_text(encoding="utf-8")
    found = dict(re.findall(r"^(PANEL|GAP) = (\d+)", drawing, re.MULTILINE))
    assert int(found["PANEL"]) == PANEL
    assert int(found["PANEL"]) + int(found["GAP"]) == PITCH


def test_a_row_for_each_frame(tmp_path: Path):
    sheet = read_sheet(write_sheet(tmp_path / "a.jpg", frames=4, colour="#cc2020"), 300)
    assert sheet.step == 300
    assert [len(row) for row in sheet.rows] == [2, 2, 2, 2]
    for row in sheet.rows:
        for panel in row:
            assert (panel.width(), panel.height()) == (PANEL, PANEL)
            assert panel.pixelColor(0, 0).red() > 100
            assert panel.pixelColor(PANEL - 1, PANEL - 1).red() > 100


def test_another_picture_is_one_panel():
    image = QImage(300, 200, QImage.Format.Format_RGB888)
    image.fill(QColor("red"))
    ((panel,),) = panels(image)
    assert panel.size() == image.size()


def test_a_broken_picture_is_named(tmp_path: Path):
    (tmp_path / "b.jpg").write_bytes(b"no picture")
    for name in ("a.jpg", "b.jpg"):
        with pytest.raises(BadInput, match=name):
            read_picture(tmp_path / name)
