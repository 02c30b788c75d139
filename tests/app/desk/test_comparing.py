"""Two models compared from the library: chosen, ordered, and what came of it shown."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.dialogs.compare_dialog import CompareDialog
from app.dialogs.models_dialog import ModelsDialog
from app.panels.jobs_panel import JobCard
from core.jobs.events import Finished, Judged
from core.jobs.folder import JobFolder
from core.jobs.requests import CompareRequest
from core.jobs.status import JobState, JobStatus
from core.models.library import DEFAULT_POSE_MODEL
from core.verdict.report import VERDICT_FILE, VerdictReport
from tests.app.windows import Studio, show_recording

ADULTS = "movenet_thunder"


def compare(studio: Studio, qtbot: QtBot) -> JobFolder:
    """Ask for it in the library; gives the job."""
    before = len(studio.workers.started)

    def choose(dialog: CompareDialog) -> bool:
        assert dialog.chosen.base == DEFAULT_POSE_MODEL
        dialog.model.setCurrentIndex(dialog.model.findData(ADULTS))
        return dialog.compare.isEnabled()

    def library(dialog: ModelsDialog) -> bool:
        dialog.show()
        dialog.table.selectRow(1)
        studio.ask.answers.append(choose)
        qtbot.mouseClick(dialog.compare_button, Qt.MouseButton.LeftButton)
        assert "in the background" in dialog.said.text()
        dialog.accept()
        return True

    studio.ask.answers.append(library)
    studio.trigger("models")
    qtbot.waitUntil(lambda: len(studio.workers.started) > before)
    return studio.workers.started[-1]


def end(job: JobFolder) -> None:
    report = VerdictReport(
        outcome="better", sentence="“A” is better here than “B”.", reasons=("So.",), base="B",
        model="A", recordings=(), overall=(), held_out=12, step=0,
    )  # fmt: skip
    (job.path / VERDICT_FILE).write_text(report.model_dump_json())
    job.event_log.append(Judged(file=VERDICT_FILE))
    job.event_log.append(Finished())
    job.write_status(JobStatus(state=JobState.DONE))


def test_a_comparison_is_ordered_and_read(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    studio.desk.preferences.predict_on_open = False
    show_recording(studio, qtbot, clip)
    job = compare(studio, qtbot)
    request = job.request
    assert isinstance(request, CompareRequest)
    assert (request.base, request.model) == (DEFAULT_POSE_MODEL, ADULTS)
    assert [one.recording for one in request.footage] == [clip]
    end(job)
    (card,) = studio.window.findChildren(JobCard)
    qtbot.waitUntil(lambda: card.show_button.isVisible())
    assert card.show_button.text() == "See the verdict"
    qtbot.mouseClick(card.show_button, Qt.MouseButton.LeftButton)
    verdict = studio.desk.station.verdict
    qtbot.waitUntil(lambda: verdict.sentence.text() == "“A” is better here than “B”.")
    assert verdict.isVisible()
    assert not verdict.decision.isVisible()
    qtbot.mouseClick(card.stop_button, Qt.MouseButton.LeftButton)  # off the list, without asking
    qtbot.waitUntil(lambda: not job.path.exists())
    assert not studio.desk.station.isVisible()


def test_without_a_recording_models_are_not_compared(studio: Studio) -> None:
    def look(dialog: ModelsDialog) -> bool:
        assert not dialog.compare_button.isEnabled()
        return True

    studio.ask.answers.append(look)
    studio.trigger("models")
