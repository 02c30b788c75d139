"""Before an adaptation: what to adapt to, from which model, how thoroughly, and what it takes."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.adapting.choice import Choice, ChosenAdaptation
from app.adapting.choose_experts import Experts
from app.adapting.choose_presets import Presets
from app.adapting.choose_recordings import RecordingsCard
from app.adapting.choose_survey import SurveyCard
from app.adapting.choose_words import room, survey_fault
from app.adapting.two_columns import TwoColumns, scrolling
from app.controls import CalmCombo, TextButton, words
from app.session.background import Background
from core.jobs.survey_report import RecipeCost, SurveyReport


class ChooseView(QWidget):
    """Offers a study's recordings; says what the user wants, and never begins anything itself."""

    survey_wanted = Signal(object)  # ChosenAdaptation
    survey_stop_wanted = Signal()
    adapt_wanted = Signal(object)  # ChosenAdaptation
    cancelled = Signal()

    def __init__(self, background: Background) -> None:
        """Offer nothing yet; pictures are read by `background`."""
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("What to adapt to")
        self._choice = Choice((), ())
        self._report: SurveyReport | None = None
        self._asked: ChosenAdaptation | None = None  # what the report is about
        self._pending: ChosenAdaptation | None = None  # what a survey looks at now
        self.recordings = RecordingsCard()
        self.base = CalmCombo()
        self.base.setAccessibleName("Model to start from")
        self.base.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.presets = Presets()
        self.experts = Experts()
        self.survey = SurveyCard(background)
        self.disk = words("", "muted", wrap=True)
        self.reason = words("", "muted", wrap=True)
        self.cancel_button = TextButton("Cancel")
        self.adapt_button = TextButton("Adapt", "model", role="primary")
        self._lay_out()
        self._join()
        self.setFocusProxy(self.recordings.table)
        self._refresh()

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(words("Adapt to your recordings", "display", wrap=True))
        column.addWidget(
            words(
                "A model learns from frames of these recordings, without labels, to find this "
                "infant in this room. Nothing leaves this computer, and the old model stays.",
                wrap=True,
            )
        )
        column.addWidget(TwoColumns(self._left(), self._right(), least=860))
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolling(body), 1)
        layout.addWidget(self._foot())

    def _left(self) -> QWidget:
        side, column = _column()
        column.addWidget(self.recordings)
        column.addWidget(self.survey)
        column.addStretch(1)
        return side

    def _right(self) -> QWidget:
        side, column = _column()
        column.addWidget(words("Start from", "panel_title"))
        column.addWidget(self.base)
        column.addWidget(words("How thoroughly", "panel_title"))
        column.addWidget(self.presets)
        column.addWidget(self.disk)
        column.addWidget(self.experts)
        column.addStretch(1)
        return side

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("decision_bar")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(10)
        row.addWidget(self.reason, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.adapt_button)
        return foot

    def _join(self) -> None:
        self.recordings.changed.connect(self._refresh)
        self.base.currentIndexChanged.connect(self._refresh)
        self.presets.changed.connect(self._refresh)
        self.experts.changed.connect(self._refresh)
        self.survey.look_wanted.connect(self._look)
        self.survey.stop_wanted.connect(self.survey_stop_wanted)
        self.cancel_button.clicked.connect(self.cancelled)
        self.adapt_button.clicked.connect(self._adapt)

    def show_choice(self, choice: Choice) -> None:
        """Offer all of this anew; what a survey found before is forgotten."""
        self._choice, self._report = choice, None
        self._asked = self._pending = None
        self.survey.clear()
        self.base.blockSignals(True)
        self.base.clear()
        for name, title in choice.bases:
            self.base.addItem(title, name)
        self.base.setCurrentIndex(max(self.base.findData(choice.base), 0))
        self.base.blockSignals(False)
        self.recordings.show_choice(choice)
        self._refresh()

    def show_survey_state(self, text: str, fraction: float | None) -> None:
        """Say how a survey goes, from 0 to 1; None: none is going on, and `text` may say why."""
        self.survey.show_state(text, fraction)
        self._refresh()

    def show_survey(self, report: SurveyReport, folder: Path) -> None:
        """Show what the survey that was asked for found; its picture lies in `folder`."""
        self._report = report
        self._asked = self._pending or self.chosen
        self.recordings.model.set_seen({one.id: one for one in report.recordings})
        self.survey.show_report(report, folder)
        if self.experts.chosen_settings == self._asked.settings:
            self.experts.show_refusal(report.settings_refused)
        self._refresh()

    @property
    def chosen(self) -> ChosenAdaptation:
        """What would be done now."""
        return ChosenAdaptation(
            recordings=self.recordings.model.chosen,
            base=str(self.base.currentData() or ""),
            recipe=self.presets.recipe,
            settings=self.experts.chosen_settings,
            device=self.experts.chosen_device,
        )

    def _look(self) -> None:
        self._pending = self.chosen
        self.survey_wanted.emit(self.chosen)

    def _adapt(self) -> None:
        self.adapt_wanted.emit(self.chosen)

    def _refresh(self) -> None:
        costs = self._costs()
        self.presets.show_costs(costs, is_stale=self._is_stale())
        self.disk.setText(self._disk_words())
        self.disk.setVisible(bool(self.disk.text()))
        cost = costs.get(self.presets.recipe)
        fault = self._fault()
        self.survey.look_button.setEnabled(not fault)
        fault = fault or self._useless() or self._too_large(cost)
        self.adapt_button.setEnabled(not fault)
        self.adapt_button.setToolTip(fault)
        self.reason.setText(fault or "The verdict comes at the end; until then nothing changes.")

    def _costs(self) -> dict[str, RecipeCost]:
        return {one.recipe: one for one in self._report.costs} if self._report else {}

    def _is_stale(self) -> bool:
        """Whether what was measured belongs to another choice than that of now."""
        asked = self._asked
        return asked is not None and replace(asked, recipe=self.presets.recipe) != self.chosen

    def _disk_words(self) -> str:
        free = self._free
        return "" if free is None else f"{room(free)} of the disk are free."

    @property
    def _free(self) -> int | None:
        return self._report.free_bytes if self._report else self._choice.free_bytes

    def _fault(self) -> str:
        """Why neither a look nor an adaptation can begin; empty if they can."""
        if not self._choice.recordings:
            return "There is no recording in this study yet; add one first."
        if not self._choice.bases:
            return "There is no model to start from."
        if not self.recordings.model.chosen:
            return "Choose at least one recording."
        return self.recordings.range.fault or self.experts.fault

    def _useless(self) -> str:
        if self._report is None or self._asked is None:
            return ""
        now, asked = self.chosen, self._asked
        seen = [one.id for one in now.recordings if one in asked.recordings]
        are_all = len(seen) == len(now.recordings) and now.base == asked.base
        return survey_fault(self._report, seen, are_all=are_all)

    def _too_large(self, cost: RecipeCost | None) -> str:
        free = self._free
        if cost is None or free is None or cost.disk_bytes <= free:
            return ""
        return (
            f"It needs about {room(cost.disk_bytes)} of disk, and {room(free)} are free; "
            "make room first."
        )


def _column() -> tuple[QWidget, QVBoxLayout]:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return side, column
