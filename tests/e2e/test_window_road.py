"""The five-minute road with nothing replaced: open, predict, look, fix one point, export."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.dialogs.export_dialog import ExportDialog
from app.main_window import MainWindow
from core.video.source import open_video
from core.video.video_writer import VideoWriter
from tests.app.windows import ScriptedAsk

FRAMES = 6
PATIENCE = 120_000  # a worker has to load torch first, on a busy machine


@pytest.fixture
def cut(demo_recording: Path, tmp_path: Path) -> Path:
    """The first frames of the demo."""
    path = tmp_path / "first steps.mp4"
    with open_video(demo_recording) as source:
        info = source.info
        with VideoWriter(path, info.width, info.height, info.times[:FRAMES]) as writer:
            for frame in source.frames(0, FRAMES):
                writer.write(frame.image)
    return path


def test_open_predict_fix_export(
    window: MainWindow, qtbot: QtBot, cut: Path, tmp_path: Path
) -> None:
    session, desk = window.desk.session, window.desk
    desk.files.take([cut])
    qtbot.waitUntil(lambda: session.predicted_frames == FRAMES, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not desk.watcher.jobs(), timeout=PATIENCE)
    assert session.pose(0).confidence.mean() > 0.4
    assert session.silhouette(0) is not None

    _drag_wrist(window, qtbot)
    moved = session.pose(0).point(session.skeleton.index("left_wrist"))
    ask = desk.files._ask
    assert isinstance(ask, ScriptedAsk)
    ask.answers.append(lambda dialog: _choose(dialog, tmp_path / "results"))
    QTest.keyClick(desk.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Show in folder" in window.banner._button.text(), timeout=PATIENCE)

    table = tmp_path / "results" / "first steps.csv"
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == FRAMES
    assert moved.xy is not None
    assert float(rows[0]["left_wrist_x"]) == pytest.approx(moved.xy[0], abs=0.006)
    assert float(rows[0]["left_wrist_y"]) == pytest.approx(moved.xy[1], abs=0.006)
    assert [row["left_wrist_source"] for row in rows[:2]] == ["human", "model"]
    assert {row["head_source"] for row in rows} == {"model"}
    dictionary = json.loads(table.with_name(table.name + ".json").read_text(encoding="utf-8"))
    assert dictionary
    assert (tmp_path / "results" / "first steps.overlay.mp4").stat().st_size > 0


def _drag_wrist(window: MainWindow, qtbot: QtBot) -> None:
    """Take the left wrist of frame 0 with the mouse and let it go 20 pixels further."""
    session, view = window.desk.session, window.desk.view
    wrist = session.skeleton.index("left_wrist")
    x, y = (float(v) for v in session.pose(0).xy[wrist])
    start = view.spot_of((x, y)).toPoint()
    end = view.spot_of((x + 20.0, y + 12.0)).toPoint()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    after = session.pose(0).xy[wrist]
    assert np.allclose(after, (x + 20, y + 12), atol=1.5)
    assert window.menus.actions["undo"].text() == "Undo move left wrist"


def _choose(dialog: QDialog, folder: Path) -> bool:
    assert isinstance(dialog, ExportDialog)
    dialog.video.setChecked(True)
    dialog.folder.setText(str(folder))
    return dialog.go.isEnabled()
