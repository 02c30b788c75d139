"""Whether an adaptation helped: the sentence, what it rests on, and the choice that is left."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.adapting.decision_bar import Decision, DecisionBar
from app.adapting.evidence_table import EvidenceTable
from app.adapting.recordings_table import OUTCOMES, RecordingsTable
from app.adapting.side_by_side import SideBySide
from app.adapting.two_columns import TwoColumns, scrolling
from app.controls import IconLabel, restyle, words
from app.session.background import Background
from core.verdict.report import VerdictReport


class VerdictView(QWidget):
    """Shows one report; says what the user decides."""

    adopt_wanted = Signal(str)  # under this name
    keep_wanted = Signal()
    predict_again_wanted = Signal()
    roll_back_wanted = Signal()
    video_wanted = Signal(object)  # Path

    def __init__(self, background: Background) -> None:
        """Show no verdict yet; pictures are read by `background`."""
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Verdict")
        self._icon = IconLabel("info", size=36)
        self.sentence = words("", "display", wrap=True)
        self.reasons = words("", wrap=True)
        self.overall = EvidenceTable(
            "Without labels", "On frames of these recordings; lines are 95 % intervals."
        )
        self.labelled = EvidenceTable(
            "On frames that you corrected", "Against the points that were placed by hand."
        )
        self.groups = EvidenceTable(
            "Gain for each kind of point", "To the right: better.", one_scale=True
        )
        self.forgetting = EvidenceTable(
            "What it may have forgotten",
            "On infants that it knew before.",
        )
        self.pictures = SideBySide(background)
        self.recordings = RecordingsTable()
        self.validity = words("", "muted", wrap=True)
        self.decision = DecisionBar()
        self._lay_out()
        self._join()
        self.setFocusProxy(self.pictures.strip)  # the arrow keys work at once

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(self._head())
        self._evidence_area = TwoColumns(self._evidence(), self._seen(), least=1000)
        column.addWidget(self._evidence_area)
        column.addWidget(self.recordings)
        column.addWidget(self.validity)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolling(body), 1)
        layout.addWidget(self.decision)

    def _head(self) -> QFrame:
        self._card = QFrame()
        self._card.setObjectName("verdict_head")
        said = QVBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.sentence)
        said.addWidget(self.reasons)
        row = QHBoxLayout(self._card)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        return self._card

    def _evidence(self) -> QWidget:
        side, column = _column()
        for table in (self.labelled, self.overall, self.forgetting):
            column.addWidget(table)
        column.addStretch(1)
        return side

    def _seen(self) -> QWidget:
        side, column = _column()
        for part in (self.pictures, self.groups):
            column.addWidget(part)
        column.addStretch(1)
        return side

    def _join(self) -> None:
        self.decision.adopt_wanted.connect(self.adopt_wanted)
        self.decision.keep_wanted.connect(self.keep_wanted)
        self.decision.predict_again_wanted.connect(self.predict_again_wanted)
        self.decision.roll_back_wanted.connect(self.roll_back_wanted)
        self.pictures.video_wanted.connect(self.video_wanted)

    def show_report(self, report: VerdictReport, folder: Path, name: str) -> None:
        """Show the verdict that lies in a job's folder; `name` is proposed for the new model."""
        self._show(report, folder, ("Old model", "New model"))
        self.validity.setText(_validity(report, "never trained on"))
        self.decision.show_report(report, name)
        self.decision.show()

    def show_comparison(self, report: VerdictReport, folder: Path) -> None:
        """Show how two models compare; there is nothing to decide."""
        self._show(report, folder, (report.base, report.model))
        self.validity.setText(_validity(report, "which either may have learnt from"))
        self.decision.hide()

    def _show(self, report: VerdictReport, folder: Path, sides: tuple[str, str]) -> None:
        _, icon_name, colour = OUTCOMES[report.outcome]
        self._icon.show_icon(icon_name, colour)
        self._card.setProperty("outcome", report.outcome)
        restyle(self._card)
        self.sentence.setText(report.sentence)
        self.reasons.setText("\n".join(f"•  {reason}" for reason in report.reasons))
        self.reasons.setVisible(bool(report.reasons))
        self.overall.show_numbers(report.overall)
        self.labelled.show_numbers(report.labelled)
        self.groups.show_numbers(report.groups)
        self.forgetting.show_numbers(() if report.forgetting is None else (report.forgetting,))
        self.pictures.show_pictures(report, folder, sides)
        self.recordings.show_recordings(report.recordings)
        self.recordings.setVisible(bool(report.recordings))
        self._evidence_area.show()

    def show_nothing(self, text: str) -> None:
        """Show no verdict, but why: it is being read, or cannot be."""
        self._icon.show_icon("info", "muted")
        self._card.setProperty("outcome", "")
        restyle(self._card)
        self.sentence.setText(text)
        self.reasons.hide()
        self.validity.setText("")
        self._evidence_area.hide()
        self.recordings.hide()
        self.decision.hide()

    def show_decision(self, decision: Decision, model: str = "") -> None:
        """Show what the user decided, once it is done; `model` is the title of an adopted one."""
        self.decision.show_decision(decision, model)


def _column() -> tuple[QWidget, QVBoxLayout]:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return side, column


def _validity(report: VerdictReport, seen: str) -> str:
    recordings = len(report.recordings)
    named = "1 recording" if recordings == 1 else f"{recordings} recordings"
    return (
        f"Judged on {report.held_out:,} frames of {named}, {seen}. It holds for "
        "recordings like these: same room, camera and age. It is no medical statement."
    )
