"""The choice at the foot of a verdict: use the new model or keep the old one, and the way back."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from app.controls import ElidedLabel, IconLabel, TextButton, restyle, words
from core.verdict.report import VerdictReport

_LONGEST = 60  # letters of a name
_WIDEST = 320  # pixels


class Decision(StrEnum):
    """What became of an adapted model."""

    OPEN = "open"
    ADOPTED = "adopted"
    KEPT_OLD = "kept_old"


class DecisionBar(QWidget):
    """Recommends by the verdict; never decides."""

    adopt_wanted = Signal(str)
    keep_wanted = Signal()
    predict_again_wanted = Signal()
    roll_back_wanted = Signal()

    def __init__(self) -> None:
        """Offer nothing yet."""
        super().__init__()
        self.setObjectName("decision_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._has_new = False
        self._is_busy = False
        self._make_controls()
        self._pages = QStackedWidget()
        for page in (self._open_page(), self._adopted_page(), self._kept_page()):
            self._pages.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 10)
        row.addWidget(self._pages)
        self._allow()

    def _make_controls(self) -> None:
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST)
        self.name.setMaximumWidth(_WIDEST)
        self.name.setAccessibleName("Name of the new model")
        self.name.textChanged.connect(self._allow)
        self.name.returnPressed.connect(self._adopt)
        self.name_label = words("Name it", "muted")
        self.name_label.setBuddy(self.name)
        self.advice = words("", wrap=True)
        self.adopted = ElidedLabel()
        self.adopt_button = TextButton("Use the new model")
        self.adopt_button.clicked.connect(self._adopt)
        self.keep_button = TextButton("Keep the old model")
        self.keep_button.clicked.connect(self.keep_wanted)
        self.predict_button = TextButton("Predict again with it", "predict", role="primary")
        self.predict_button.clicked.connect(self.predict_again_wanted)
        self.roll_back_button = TextButton("Roll back", "undo")
        self.roll_back_button.clicked.connect(self.roll_back_wanted)
        self.reconsider_button = TextButton("Decide again")
        self.reconsider_button.clicked.connect(lambda: self.show_decision(Decision.OPEN))

    def _open_page(self) -> QWidget:
        page, row = _page()
        row.addWidget(self.advice, 3)
        row.addWidget(self.name_label)
        row.addWidget(self.name, 2)
        row.addWidget(self.adopt_button)
        row.addWidget(self.keep_button)
        return page

    def _adopted_page(self) -> QWidget:
        page, row = _page()
        row.addWidget(IconLabel("check", colour="ok"))
        row.addWidget(self.adopted, 1)
        row.addWidget(self.predict_button)
        row.addWidget(self.roll_back_button)
        return page

    def _kept_page(self) -> QWidget:
        page, row = _page()
        row.addWidget(IconLabel("check", colour="ok"))
        row.addWidget(words("The old model stays in use."))
        row.addStretch(1)
        row.addWidget(self.reconsider_button)
        return page

    def show_report(self, report: VerdictReport, name: str) -> None:
        """Offer to adopt under a name, or to keep what is there; the better one stands out."""
        self._has_new = report.step > 0
        is_recommended = report.outcome == "better" and self._has_new
        for button, is_first in (
            (self.adopt_button, is_recommended),
            (self.keep_button, not is_recommended),
        ):
            button.setProperty("role", "primary" if is_first else "")
            restyle(button)
        self.advice.setText(_advice(is_recommended=is_recommended, has_new=self._has_new))
        for widget in (self.name_label, self.name, self.adopt_button):
            widget.setVisible(self._has_new)
        self.name.setText(name)
        self.show_decision(Decision.OPEN)

    def show_busy(self, *, is_busy: bool) -> None:
        """The new model is being copied: it cannot be asked for a second time."""
        self._is_busy = is_busy
        self._allow()

    def show_decision(self, decision: Decision, model: str = "") -> None:
        """Show what was decided, and what can follow; `model` is the title of an adopted one."""
        self._is_busy = False
        self._pages.setCurrentIndex(list(Decision).index(decision))
        self.adopted.show_text(f"This study now predicts with “{model}”.")
        self._allow()

    @property
    def decision(self) -> Decision:
        """What is shown as decided."""
        return list(Decision)[self._pages.currentIndex()]

    @property
    def _chosen_name(self) -> str:
        return self.name.text().strip()

    def _allow(self) -> None:
        is_possible = self._has_new and bool(self._chosen_name)
        self.adopt_button.setEnabled(is_possible and not self._is_busy)

    def _adopt(self) -> None:
        if self.adopt_button.isEnabled():
            self.adopt_wanted.emit(self._chosen_name)


def _page() -> tuple[QWidget, QBoxLayout]:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    return page, row


def _advice(*, is_recommended: bool, has_new: bool) -> str:
    if not has_new:
        return "Nothing was better than the old model, so there is no new one."
    if is_recommended:
        return "Recommended: the new model"
    return "Recommended: the old model"
