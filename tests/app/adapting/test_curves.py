"""The plots show what is there, and no mouse moves them."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.adapting.curves import Curves, StepPlot
from app.theme import DARK, LIGHT, apply_theme
from tests.app.adapting.drawn import LOSSES, STEPS, told


@pytest.fixture
def curves(qtbot: QtBot) -> Curves:
    made = Curves()
    qtbot.addWidget(made)
    made.resize(600, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(curves: Curves, step: int = 340) -> None:
    story = told(step)
    curves.show_curves(story.losses, story.rate, story.steps)


def view_range(plot: StepPlot) -> list[list[float]]:
    return [list(side) for side in plot.getPlotItem().getViewBox().viewRange()]


def drawn_colours(plot: StepPlot) -> set[str]:
    """The colours of a picture of it that are strong enough to be lines."""
    image = plot.grab().toImage()
    spots = ((x, y) for x in range(0, image.width(), 1) for y in range(0, image.height(), 2))
    return {image.pixelColor(x, y).name() for x, y in spots}


def test_each_loss_is_a_line_with_plain_words(curves: Curves):
    show(curves)
    for words in ("synthetic", "its&nbsp;teacher", "corrections", "prior", "silhouette"):
        assert words in curves.legend.text()
    assert set(curves.losses.lines) == set(LOSSES)
    assert view_range(curves.losses)[0] == [0, STEPS]


def test_lines_are_seen_in_both_themes(curves: Curves):
    show(curves)
    assert "#2ec4b6" in drawn_colours(curves.rate)
    assert DARK.raised in drawn_colours(curves.rate)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, dark=False)
    colours = drawn_colours(curves.rate)
    assert "#0b8276" in colours
    assert LIGHT.raised in colours
    assert "#0b8276" in curves.legend.text()


def test_a_loss_that_is_gone_is_taken_away(curves: Curves):
    show(curves)
    curves.show_curves({}, told(0).rate, 0)
    assert curves.losses.lines == ()
    assert curves.legend.text() == "They come with the first steps."


def test_wheel_and_drag_move_nothing(curves: Curves, qtbot: QtBot):
    show(curves)
    plot = curves.losses
    before = view_range(plot)
    viewport, middle = plot.viewport(), plot.viewport().rect().center()
    wheel = QWheelEvent(
        QPointF(middle), QPointF(viewport.mapToGlobal(middle)), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, wheel)
    assert not wheel.isAccepted()
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        QTest.mousePress(viewport, button, pos=middle)
        QTest.mouseMove(viewport, middle + QPoint(80, 40))
        QTest.mouseRelease(viewport, button, pos=middle + QPoint(80, 40))
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    assert view_range(plot) == before
    assert QApplication.activePopupWidget() is None
