"""Numbers of a verdict, a row each: what it says, before and after, the gain and its interval."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.adapting.gain_bar import COLOURS, GainBar, reach
from app.adapting.plain_numbers import before_after, gain_words, leaning, range_words
from app.controls import words
from core.verdict.report import Number


class EvidenceTable(QFrame):
    """A card with a heading; hidden while it has no numbers."""

    def __init__(self, title: str, about: str, *, one_scale: bool = False) -> None:
        """Have no numbers yet; with `one_scale` the bars can be compared with each other."""
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(title)
        self._one_scale = one_scale
        self._body = QWidget()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(4)
        self._layout.addWidget(words(title, "panel_title"))
        self._layout.addWidget(words(about, "muted", wrap=True))
        self._layout.addWidget(self._body)
        self.hide()

    def show_numbers(self, numbers: Sequence[Number]) -> None:
        """Show these, in their order."""
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for column, stretch in enumerate((2, 3, 3) if self._one_scale else (4, 2, 3)):
            grid.setColumnStretch(column, stretch)
        largest = max((reach(number) for number in numbers), default=0.0)
        for row, number in enumerate(numbers):
            scale = largest if self._one_scale else reach(number)
            _fill_row(grid, row, number, scale)
        self._layout.replaceWidget(self._body, body)
        self._body.hide()  # it lives on until the event loop comes round
        self._body.deleteLater()
        self._body = body
        body.show()
        self.setVisible(bool(numbers))


def _fill_row(grid: QGridLayout, row: int, number: Number, scale: float) -> None:
    said = QVBoxLayout()
    said.setSpacing(0)
    said.addWidget(words(number.words, wrap=True))
    said.addWidget(words(before_after(number), "muted"))
    gain = QVBoxLayout()
    gain.setSpacing(0)
    gain.addWidget(gain_label(number))
    if interval := range_words(number):
        gain.addWidget(words(interval, "muted", wrap=True))
    said.addStretch(1)
    gain.addStretch(1)
    grid.addLayout(said, row, 0)
    grid.addWidget(GainBar(number, scale), row, 1, Qt.AlignmentFlag.AlignVCenter)
    grid.addLayout(gain, row, 2)


def gain_label(number: Number) -> QLabel:
    """How much better or worse, in the colour of what the number speaks for."""
    return words(gain_words(number), wrap=True, role=COLOURS[leaning(number)])
