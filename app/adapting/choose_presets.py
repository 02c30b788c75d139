"""Three ways to adapt, from quick to thorough, and what each takes on this computer."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout, QWidget

from app.adapting.choose_words import cost_words
from app.controls import restyle, words
from core.jobs.survey_report import RecipeCost

PRESETS = {  # by the recipe's name: how users call it, and what it is good for
    "quick": (
        "Quick check",
        "Shows within minutes that everything works with these recordings, and gains little more.",
    ),
    "recommended": (
        "Recommended",
        "Right for most studies. It runs in the background; the window may be closed.",
    ),
    "thorough": (
        "Thorough",
        "Looks at the most frames and learns the longest: for a night, or a graphics card.",
    ),
}


class PresetCard(QFrame):
    """One preset; a click anywhere on it chooses it."""

    def __init__(self, recipe: str) -> None:
        """Show the preset of this recipe."""
        super().__init__()
        self.setObjectName("preset")
        title, about = PRESETS[recipe]
        self.radio = QRadioButton(title)
        self.radio.setAccessibleDescription(about)
        self.radio.toggled.connect(self._on_toggle)
        self.cost = words("", "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(2)
        layout.addWidget(self.radio)
        for label in (words(about, wrap=True), self.cost):
            label.setIndent(33)  # under the words of the button
            layout.addWidget(label)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose it."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.radio.setChecked(True)
            self.radio.setFocus()
        super().mouseReleaseEvent(event)

    def _on_toggle(self, chosen: bool) -> None:
        self.setProperty("chosen", chosen)
        restyle(self)


class Presets(QWidget):
    """One of them is always chosen; at first the recommended one."""

    changed = Signal()

    def __init__(self) -> None:
        """Nothing is measured yet."""
        super().__init__()
        self.cards = {recipe: PresetCard(recipe) for recipe in PRESETS}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for card in self.cards.values():
            self._group.addButton(card.radio)
            layout.addWidget(card)
        self.cards["recommended"].radio.setChecked(True)
        self._group.buttonToggled.connect(lambda _button, chosen: chosen and self.changed.emit())
        self.show_costs({}, is_stale=False)

    @property
    def recipe(self) -> str:
        """The recipe that is chosen."""
        return next(name for name, card in self.cards.items() if card.radio.isChecked())

    def show_costs(self, costs: Mapping[str, RecipeCost], *, is_stale: bool) -> None:
        """Say what each takes; stale where that was measured for another choice."""
        for name, card in self.cards.items():
            card.cost.setText(cost_words(costs.get(name), is_stale=is_stale))
