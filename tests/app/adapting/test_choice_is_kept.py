"""What must not change a choice by accident."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.adapting.choose_view import ChooseView
from app.session.background import Background
from tests.app.adapting.offered import shown_choice, survey, surveyed

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, background: Background) -> ChooseView:
    return shown_choice(qtbot, background)


def tick(view: ChooseView, row: int) -> None:
    model = view.recordings.model
    model.tick(row, ticked=not model.is_ticked(row))


def test_a_second_look_that_is_stopped_leaves_what_the_first_one_said(
    view: ChooseView, tmp_path: Path
):
    tick(view, 1)
    QTest.mouseClick(view.survey.look_button, LEFT)
    view.show_survey(survey(surveyed(1)), tmp_path)
    tick(view, 0)
    tick(view, 1)
    QTest.mouseClick(view.survey.look_button, LEFT)
    view.show_survey_state("", None)
    assert view.adapt_button.isEnabled()
    assert "before your change" in view.presets.cards["quick"].cost.text()


def test_the_wheel_scrolls_the_page_and_changes_no_choice(view: ChooseView):
    before = view.base.currentIndex()
    assert view.base.count() > 1
    middle = QPointF(view.base.rect().center())
    wheel = QWheelEvent(
        middle, view.base.mapToGlobal(middle), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.base, wheel)
    assert view.base.currentIndex() == before
