"""The verdict: what it says, which choice stands out, and what the user's choice leads to."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.adapting.decision_bar import Decision
from app.adapting.gain_bar import GainBar, reach
from app.adapting.verdict_view import VerdictView
from app.session.background import Background
from app.theme import DARK, LIGHT, apply_theme
from tests.app.adapting.drawn import number, report


@pytest.fixture
def view(qtbot: QtBot, background: Background) -> VerdictView:
    made = VerdictView(background)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def said(widget: QWidget) -> list[str]:
    """The words that can be read in a part of the view."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def primary(view: VerdictView) -> list[str]:
    """The buttons that stand out."""
    buttons = view.decision.findChildren(QPushButton)
    return [one.text() for one in buttons if one.isVisible() and one.property("role") == "primary"]


def test_it_says_what_the_report_says(view: VerdictView, tmp_path: Path):
    made = report(tmp_path)
    view.show_report(made, tmp_path, "room 2")
    assert view.sentence.text() == made.sentence
    assert all(reason in view.reasons.text() for reason in made.reasons)
    assert "71.2 % → 74.2 %" in said(view.overall)
    assert "likely 1.2 to 5.0 better" in said(view.overall)
    assert "3.9 points better" in said(view.labelled)
    assert [text for text in said(view.groups) if text in ("Wrist", "Hip")] == ["Wrist", "Hip"]
    assert "91.0 % → 90.6 %" in said(view.forgetting)
    assert view.validity.text().startswith("Judged on 344 frames of 8 recordings, never trained")


def test_what_is_not_there_is_not_shown(view: VerdictView, tmp_path: Path):
    empty = {"groups": (), "forgetting": None, "pictures": (), "recordings": (), "reasons": ()}
    made = report(labelled=False).model_copy(update=empty)
    view.show_report(made, tmp_path, "room 2")
    for part in (view.labelled, view.groups, view.forgetting, view.recordings, view.reasons):
        assert not part.isVisible()
    assert view.overall.isVisible()


def test_recording_by_recording(view: VerdictView, tmp_path: Path):
    view.show_report(report(tmp_path), tmp_path, "room 2")
    model = view.recordings.model
    assert model.rowCount() == 8
    texts = [model.index(2, column).data() for column in range(model.columnCount())]
    assert texts[:3] == ["visit_3", "42", "Too close to tell"]
    assert texts[3] == "71.2 % → 71.3 %\n0.1 points better"
    header = Qt.Orientation.Horizontal
    assert model.headerData(3, header) == "Agreement between views of a frame"
    tip = model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Agreement between views of a frame: likely 1.2 to 5.0 better"
    worse = model.index(0, 7).data(Qt.ItemDataRole.ForegroundRole)
    assert worse == QColor(DARK.danger)


def test_a_recording_without_a_number_has_an_empty_cell(view: VerdictView, tmp_path: Path):
    made = report(tmp_path)
    bare = made.recordings[0].model_copy(update={"evidence": made.recordings[0].evidence[:1]})
    view.recordings.show_recordings((bare, made.recordings[1]))
    model = view.recordings.model
    assert model.columnCount() == 8
    assert model.index(0, 7).data() is None
    assert model.index(1, 7).data() is not None


def test_the_table_follows_the_theme(view: VerdictView, tmp_path: Path):
    view.show_report(report(tmp_path), tmp_path, "room 2")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, dark=False)
    colour = view.recordings.model.index(0, 7).data(Qt.ItemDataRole.ForegroundRole)
    assert colour == QColor(LIGHT.danger)


@pytest.mark.parametrize(
    ("outcome", "step", "stands_out"),
    [
        ("better", 900, ["Use the new model"]),
        ("not_better", 900, ["Keep the old model"]),
        ("unclear", 900, ["Keep the old model"]),
        ("better", 0, ["Keep the old model"]),
    ],
)
def test_the_recommended_choice_stands_out(
    view: VerdictView, tmp_path: Path, outcome, step, stands_out
):
    made = report(outcome=outcome).model_copy(update={"step": step})
    view.show_report(made, tmp_path, "room 2")
    assert primary(view) == stands_out
    assert view.decision.adopt_button.isVisible() is (step > 0)


def test_adopting_under_a_name_and_going_back(view: VerdictView, tmp_path: Path, qtbot: QtBot):
    view.show_report(report(), tmp_path, "room 2")
    bar = view.decision
    assert bar.name.text() == "room 2"
    bar.name.selectAll()
    QTest.keyClicks(bar.name, "  ward 4 ")
    with qtbot.waitSignal(view.adopt_wanted, timeout=500) as wanted:
        QTest.mouseClick(bar.adopt_button, Qt.MouseButton.LeftButton)
    assert wanted.args == ["ward 4"]
    assert bar.decision is Decision.OPEN
    view.show_decision(Decision.ADOPTED, "ward 4")
    assert bar.adopted.toolTip() == "This study now predicts with “ward 4”."
    assert primary(view) == [" Predict again with it"]
    with qtbot.waitSignal(view.predict_again_wanted, timeout=500):
        QTest.mouseClick(bar.predict_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.roll_back_wanted, timeout=500):
        QTest.mouseClick(bar.roll_back_button, Qt.MouseButton.LeftButton)


def test_return_in_the_name_adopts_and_no_name_cannot(
    view: VerdictView, tmp_path: Path, qtbot: QtBot
):
    view.show_report(report(), tmp_path, "room 2")
    bar = view.decision
    with qtbot.waitSignal(view.adopt_wanted, timeout=500):
        QTest.keyClick(bar.name, Qt.Key.Key_Return)
    bar.name.clear()
    QTest.keyClicks(bar.name, "  ")
    assert not bar.adopt_button.isEnabled()
    with qtbot.assertNotEmitted(view.adopt_wanted):
        QTest.keyClick(bar.name, Qt.Key.Key_Return)


def test_keeping_the_old_model_can_be_thought_over(view: VerdictView, tmp_path: Path, qtbot: QtBot):
    view.show_report(report(outcome="unclear"), tmp_path, "room 2")
    bar = view.decision
    with qtbot.waitSignal(view.keep_wanted, timeout=500):
        bar.keep_button.setFocus()
        QTest.keyClick(bar.keep_button, Qt.Key.Key_Return)
    view.show_decision(Decision.KEPT_OLD)
    assert "The old model stays in use." in said(bar)
    QTest.mouseClick(bar.reconsider_button, Qt.MouseButton.LeftButton)
    assert bar.adopt_button.isVisible()


def test_a_second_report_leaves_nothing_of_the_first(view: VerdictView, tmp_path: Path):
    view.show_report(report(), tmp_path, "room 2")
    view.show_report(report(labelled=False, outcome="not_better"), tmp_path, "room 3")
    assert len(view.overall.findChildren(GainBar)) >= 5
    assert len([bar for bar in view.overall.findChildren(GainBar) if bar.isVisible()]) == 5
    assert not view.labelled.isVisible()


def test_bars_tell_better_from_worse(qtbot: QtBot):
    better = number("a", 1.0, 3.0, low=1.0, high=3.0)
    bar = GainBar(better, reach(better))
    qtbot.addWidget(bar)
    bar.resize(200, 20)
    assert reach(better) == 3.0
    assert bar.x_of(0) == 100
    assert bar.x_of(3.0) == 194
    assert bar.x_of(-99.0) == 6
    colours = {bar.grab().toImage().pixelColor(x, 8).name() for x in range(102, 150)}
    assert DARK.ok in colours
    assert bar.accessibleName() == "A: 2.0 points better"
    fallen = number("b", 3.0, 3.0)
    assert GainBar(fallen, reach(fallen)).x_of(0) > 0


@pytest.mark.parametrize("width", [760, 960, 1440])
def test_nothing_is_wider_than_the_window(view: VerdictView, tmp_path: Path, width):
    view.resize(width, 600)
    view.show_report(report(tmp_path), tmp_path, "room 2")
    QApplication.processEvents()
    parts = (view.overall, view.pictures, view.recordings, view.decision.keep_button)
    assert all(0 < p.mapTo(view, p.rect().topRight()).x() <= width for p in parts)


def test_the_video_is_wanted(view: VerdictView, tmp_path: Path, qtbot: QtBot):
    view.show_report(report(tmp_path), tmp_path, "room 2")
    with qtbot.waitSignal(view.video_wanted, timeout=500) as wanted:
        QTest.mouseClick(view.pictures.video_button, Qt.MouseButton.LeftButton)
    assert wanted.args[0].name == "side-by-side.mp4"


def test_a_comparison_names_both_models_and_leaves_nothing_to_decide(
    view: VerdictView, tmp_path: Path
):
    made = report(tmp_path).model_copy(update={"base": "Usual", "model": "Ward 3"})
    view.show_comparison(made, tmp_path)
    assert not view.decision.isVisible()
    assert [label.toolTip() for label in view.pictures.sides] == ["Usual", "Ward 3"]
    assert "which either may have learnt from" in view.validity.text()
    view.show_report(made, tmp_path, "room 2")
    assert view.decision.isVisible()
    assert [label.toolTip() for label in view.pictures.sides] == ["Old model", "New model"]
