"""The colours of lines in a plot; each is told from the others in both themes."""

from typing import Final

from PySide6.QtGui import QColor

from app.theme import Tokens

_LINES: Final = {
    "dark": {
        "consistency": "#2ec4b6",
        "source": "#6aa9ff",
        "target": "#f2b84b",
        "prior": "#ff8fb1",
        "visibility": "#b79bff",
    },
    "light": {
        "consistency": "#0b8276",
        "source": "#2867c9",
        "target": "#a86500",
        "prior": "#b8336a",
        "visibility": "#6d4bc3",
    },
}


def line_colour(name: str, tokens: Tokens) -> QColor:
    """The colour of a loss; the total and what nobody named here are grey."""
    return QColor(_LINES[tokens.name].get(name, tokens.muted))
