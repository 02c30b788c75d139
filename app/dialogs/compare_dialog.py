"""Choose two models and a recording on which to compare them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.controls import TextButton, words

_ALL = "All recordings"


@dataclass(frozen=True)
class ComparisonOffer:
    """What can be compared: (name, title) of models, (id, name) of recordings that are there."""

    models: tuple[tuple[str, str], ...]
    recordings: tuple[tuple[int, str], ...]
    base: str  # is proposed, as are the others
    model: str
    recording: int | None


@dataclass(frozen=True)
class Comparison:
    """What was chosen: the names of two models, and the ids of recordings."""

    base: str
    model: str
    recordings: tuple[int, ...]


class CompareDialog(QDialog):
    """`chosen` is what to compare, once it is accepted."""

    def __init__(self, offer: ComparisonOffer, parent: QWidget | None = None) -> None:
        """Propose what `offer` says."""
        super().__init__(parent)
        self.setWindowTitle("Compare two models")
        self._recordings = offer.recordings
        self.model = _choice(offer.models, offer.model, "Is this model")
        self.base = _choice(offer.models, offer.base, "better than this one")
        self.recording = _choice((), None, "on this recording")
        if len(offer.recordings) > 1:
            self.recording.addItem(_ALL)
        for number, name in offer.recordings:
            self.recording.addItem(name, number)
        self.recording.setCurrentIndex(max(self.recording.findData(offer.recording), 0))
        self._hint = words("", "muted", wrap=True)
        self.compare = TextButton("Compare", role="primary")
        self.compare.setDefault(True)
        self.compare.clicked.connect(self.accept)
        self.cancel = TextButton("Cancel")
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        for choice in (self.base, self.model):
            choice.currentIndexChanged.connect(self._check)
        self._check()

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setSpacing(10)
        form.setColumnStretch(1, 1)
        for row, choice in enumerate((self.model, self.base, self.recording)):
            form.addWidget(words(choice.accessibleName()), row, 0)
            form.addWidget(choice, row, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.compare)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(words("Compare two models", "panel_title"))
        layout.addLayout(form)
        layout.addWidget(self._hint)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        self.setMinimumWidth(480)

    @property
    def chosen(self) -> Comparison:
        """What stands in the fields."""
        one = self.recording.currentData()
        every = tuple(number for number, _ in self._recordings)
        recordings = every if one is None else (one,)
        return Comparison(self.base.currentData(), self.model.currentData(), recordings)

    def _check(self) -> None:
        is_same = self.base.currentData() == self.model.currentData()
        self.compare.setEnabled(not is_same and bool(self._recordings))
        self._hint.setText(_hint(is_same=is_same, has_recordings=bool(self._recordings)))


def _hint(*, is_same: bool, has_recordings: bool) -> str:
    if not has_recordings:
        return "No recording of this study can be read; add one first."
    if is_same:
        return "Choose two different models."
    return (
        "Both look at about 100 frames, and at those that you corrected. Nothing of the study "
        "changes. A model that has learnt from these recordings is favoured by them."
    )


def _choice(entries: Sequence[tuple[str, str]], proposed: str | None, name: str) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(name)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(28)
    for key, title in entries:
        choice.addItem(title, key)
    choice.setCurrentIndex(max(choice.findData(proposed), 0))
    return choice
