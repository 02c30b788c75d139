"""What a user types into the station, for the tests of whole adaptations."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow

PATIENCE = 170_000  # workers have to load torch first, on a busy machine


def type_recipe(window: MainWindow, qtbot: QtBot, settings: Sequence[str]) -> None:
    """Let the experts' drawer make the quick preset another one."""
    choose = window.desk.station.choose
    quick = choose.presets.cards["quick"]
    qtbot.mouseClick(quick, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(choose.experts.handle, Qt.MouseButton.LeftButton)
    for line in settings:
        qtbot.keyClicks(choose.experts.settings, line)
        qtbot.keyClick(choose.experts.settings, Qt.Key.Key_Return)
    assert choose.presets.recipe == "quick"
    assert choose.adapt_button.isEnabled(), choose.reason.text()
