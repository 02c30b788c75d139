"""Light and dark: complete, legible, and taken up by everything."""

from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.actions import ACTIONS
from app.controls import IconButton
from app.icons import icon
from app.theme import DARK, LIGHT, Tokens, apply_theme, style_sheet, tokens_of
from core.paths import resources_folder

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in
                 QColor(colour).getRgbF()[:3]]  # fmt: skip
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@THEMES
def test_words_can_be_read(theme: Tokens) -> None:
    grounds = (theme.surface, theme.raised, theme.accent_soft, theme.field)
    for ground in grounds:
        assert contrast(theme.text, ground) >= 7
    for words in (theme.muted, theme.warning, theme.danger, theme.ok, theme.accent):
        assert contrast(words, theme.surface) >= 4.5
    assert contrast(theme.muted, theme.raised) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@THEMES
def test_the_style_sheet_is_filled_without_gaps(theme: Tokens) -> None:
    sheet = style_sheet(theme)
    assert "${" not in sheet
    for place in sheet.split("url(")[1:]:
        assert Path(place.split(")")[0]).is_file()


def test_both_themes_have_colours_only() -> None:
    for theme in (DARK, LIGHT):
        for name, value in asdict(theme).items():
            assert name == "name" or QColor.isValidColorName(value)


def test_every_action_icon_is_in_the_set(qapp: QApplication) -> None:
    for name in {action.icon for action in ACTIONS if action.icon}:
        assert not icon(name, QColor("black")).isNull()
    with pytest.raises(FileNotFoundError):
        icon("no_such_icon", QColor("black"))


def test_drawings_take_the_colour_of_their_place() -> None:
    for file in (resources_folder() / "icons").glob("*.svg"):
        if not file.stem.startswith(("style_", "shift_studio")):
            assert "currentColor" in file.read_text(encoding="utf-8"), file.name


def test_a_switch_reaches_labels_and_icons(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, dark=False)
    button, label = IconButton("play", "Play"), QLabel("words")
    for widget in (button, label):
        qtbot.addWidget(widget)
        widget.show()
    light = button.icon().pixmap(20).toImage()
    apply_theme(qapp, dark=True)
    assert button.icon().pixmap(20).toImage() != light
    assert tokens_of(label.palette()) is DARK
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text)
