"""The road over night with nothing replaced: choose, adapt, verdict, adopt, predict again, back."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.adapting.decision_bar import Decision
from app.dialogs.export_dialog import ExportDialog
from app.main_window import MainWindow
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from tests.app.windows import ScriptedAsk
from tests.core.jobs.adapting import FRAMES, write_cut
from tests.e2e.adapting_by_hand import PATIENCE, type_recipe

TINY = ("steps=2", "batch=2", "frames=12", "teacher_views=1", "save_every=1", "choice=last")


@pytest.fixture
def cut(demo_recording: Path, tmp_path: Path) -> Path:
    """Every third frame of the demo, so that the infant moves."""
    return write_cut(demo_recording, tmp_path / "first steps.mp4")


@pytest.mark.timeout(400)
def test_adapt_adopt_predict_roll_back_export(
    window: MainWindow, qtbot: QtBot, cut: Path, tmp_path: Path
) -> None:
    desk, session = window.desk, window.desk.session
    desk.preferences.predict_on_open = False
    desk.files.take([cut])
    qtbot.waitUntil(lambda: session.info is not None)

    QTest.keyClick(desk.view, Qt.Key.Key_A, _CTRL_SHIFT)
    station = desk.station
    assert station.isVisible()
    assert station.page is station.choose
    type_recipe(window, qtbot, TINY)
    qtbot.mouseClick(station.choose.adapt_button, Qt.MouseButton.LeftButton)
    assert station.page is station.run

    qtbot.waitUntil(lambda: station.page is station.verdict, timeout=PATIENCE)
    bar = station.verdict.decision
    qtbot.waitUntil(station.verdict.decision.isVisible)
    assert bar.decision is Decision.OPEN
    (job,) = desk.watcher.jobs()
    made = ModelLibrary.standard().find(desk.watcher.folder(job.key) / "model")

    bar.name.setText("Ward 3")
    qtbot.mouseClick(bar.adopt_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.decision is Decision.ADOPTED)
    assert desk.predicting.model == "Ward-3"
    qtbot.mouseClick(bar.predict_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.predicted_frames == FRAMES, timeout=PATIENCE)
    assert session.study is not None
    assert session.recording is not None
    found = session.study.current_prediction(session.recording.id)
    assert found is not None
    assert found.model_hash == made.card.weights_sha256

    qtbot.mouseClick(bar.roll_back_button, Qt.MouseButton.LeftButton)
    assert desk.predicting.model == DEFAULT_POSE_MODEL
    qtbot.mouseClick(station.back_button, Qt.MouseButton.LeftButton)
    assert desk.view.isVisible()
    _export(window, qtbot, tmp_path / "results")
    with (tmp_path / "results" / "first steps.csv").open(newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == FRAMES


_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def _export(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    ask = window.desk.files._ask
    assert isinstance(ask, ScriptedAsk)

    def choose(dialog: ExportDialog) -> bool:
        dialog.folder.setText(str(folder))
        return dialog.go.isEnabled()

    ask.answers.append(choose)
    QTest.keyClick(window.desk.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Show in folder" in window.banner._button.text(), timeout=PATIENCE)
