"""What a user and a worker do about an adaptation, for the tests of the window."""

import hashlib
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.jobs.events import Finished, Judged, Progressed, Trained
from core.jobs.folder import JobFolder
from core.jobs.process import WorkerProcess
from core.jobs.status import JobState, JobStatus
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.models.model_folder import write_model_folder
from core.verdict.report import VERDICT_FILE, VerdictReport
from tests.app.windows import Studio, show_recording

_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def choose(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    """Open the page of choice on a recording."""
    studio.desk.preferences.predict_on_open = False
    show_recording(studio, qtbot, clip)
    studio.window.activateWindow()  # keys go to the window in front
    qtbot.waitUntil(studio.window.isActiveWindow)
    QTest.keyClick(studio.desk.view, Qt.Key.Key_A, _CTRL_SHIFT)
    assert studio.desk.station.isVisible()


def order(studio: Studio, qtbot: QtBot, clip: Path) -> JobFolder:
    """Adapt to it; gives the job, whose worker has been started."""
    choose(studio, qtbot, clip)
    before = len(studio.workers.started)
    qtbot.mouseClick(studio.desk.station.choose.adapt_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(studio.workers.started) > before)
    return studio.workers.started[-1]


def tell(studio: Studio, job: JobFolder, *steps: int, total: int = 8) -> None:
    """As a worker that trains does."""
    for step in steps:
        job.event_log.append(Trained(step=step, total=total, losses={"total": 1 / step}, rate=1e-4))
        job.event_log.append(Progressed(done=step, total=total, activity="Training"))
    process = WorkerProcess.of(studio.workers.processes[-1].pid)
    job.write_status(
        JobStatus(
            state=JobState.RUNNING, process=process, done=steps[-1], total=total,
            activity="Training", awake=True,
        )
    )  # fmt: skip


def end(
    job: JobFolder, *, step: int = 8, outcome="better", weights_of: JobFolder | None = None
) -> str:
    """As a worker that is done: model, verdict, last words. Returns the model's hash.

    Its weights are those of another job, if one is given.
    """
    card = ModelLibrary.standard().find(DEFAULT_POSE_MODEL).card
    content = f"weights of {(weights_of or job).path.name}".encode()
    write_model_folder(job.path / "model", card.model_copy(update={"name": "job"}), content)
    report = VerdictReport(
        outcome=outcome, sentence="Better, wrists most: use the new model.", reasons=("So.",),
        base=DEFAULT_POSE_MODEL, model="model", recordings=(), overall=(), held_out=12, step=step,
    )  # fmt: skip
    (job.path / VERDICT_FILE).write_text(report.model_dump_json())
    job.event_log.append(Judged(file=VERDICT_FILE))
    job.event_log.append(Finished())
    job.write_status(JobStatus(state=JobState.DONE))
    return hashlib.sha256(content).hexdigest()


def wait_for_verdict(studio: Studio, qtbot: QtBot) -> None:
    verdict = studio.desk.station.verdict
    qtbot.waitUntil(lambda: studio.desk.station.page is verdict)
    qtbot.waitUntil(lambda: verdict.sentence.text() not in ("", "Reading the verdict…"))
