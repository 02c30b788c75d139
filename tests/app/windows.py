"""Whole windows for tests: real parts, but no dialog may open unasked and no worker runs."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ask import Ask, Question
from app.main_window import MainWindow
from app.notices import Notice
from app.preferences import Preferences
from app.studio import Surroundings, build_window, dress
from core.jobs.events import ChunkWritten, Failed, Finished, Progressed, Started
from core.jobs.folder import JobFolder
from core.jobs.process import WorkerProcess
from core.jobs.status import JobState, JobStatus
from core.pose.pose_track import PoseTrack
from tests.app.opened import made_chunks


class ScriptedAsk(Ask):
    """Gives prepared answers; a question that nobody prepared fails the test."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.asked: list[object] = []

    def _answer(self, question: object) -> object:
        self.asked.append(question)
        assert self.answers, f"an unexpected dialog opened: {question}"
        answer = self.answers.pop(0)
        return answer(question) if callable(answer) else answer

    def confirm(self, question: Question) -> bool:
        return bool(self._answer(question))

    def open_files(self, title: str, folder: Path, kinds: str) -> list[Path]:
        return self._answer(title)

    def open_file(self, title: str, folder: Path, kinds: str) -> Path | None:
        return self._answer(title)

    def open_folder(self, title: str, folder: Path) -> Path | None:
        return self._answer(title)

    def save_file(self, title: str, suggestion: Path, kinds: str) -> Path | None:
        return self._answer(title)

    def run(self, dialog: QDialog) -> bool:
        """The prepared answer is a function that works the dialog."""
        return bool(self._answer(dialog))


@dataclass
class FakeWorkers:
    """Stands in for worker processes: the test says what each job's worker does next."""

    started: list[JobFolder] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()

    def start(self, folder: JobFolder) -> None:
        folder.queue()
        # Something that can be ended like a worker, and that ends with the tests.
        idle = [sys.executable, "-S", "-c", "input()"]
        self.processes.append(subprocess.Popen(idle, stdin=subprocess.PIPE))
        self._status(folder, JobState.RUNNING, 0, 0)
        self.started.append(folder)

    def predict(self, folder: JobFolder, track: PoseTrack, *, until: int | None = None) -> None:
        """Write predictions as the real worker does, up to frame `until`."""
        total = len(track)
        started = Started(pid=1, total=total, model="made", model_hash="0" * 64)
        folder.event_log.append(started)
        folder.chunks_path.mkdir(exist_ok=True)
        done = 0
        for chunk in made_chunks(track):
            if until is not None and chunk.start >= until:
                break
            name = f"{chunk.start:08d}.chunk"
            (folder.chunks_path / name).write_bytes(chunk.encode())
            folder.event_log.append(ChunkWritten(file=name, start=chunk.start, stop=chunk.stop))
            done = chunk.stop
        folder.event_log.append(Progressed(done=done, total=total, seconds_left=7.0))
        self._status(folder, JobState.RUNNING, done, total)

    def finish(self, folder: JobFolder) -> None:
        folder.event_log.append(Finished())
        now = folder.status()
        self._status(folder, JobState.DONE, now.total, now.total)

    def fail(self, folder: JobFolder, reason: str, details: str = "") -> None:
        folder.event_log.append(Failed(reason=reason, details=details))
        self._status(folder, JobState.FAILED, 0, 0, reason)

    def stop(self, folder: JobFolder) -> None:
        now = folder.status()
        self._status(folder, JobState.STOPPED, now.done, now.total)

    def die(self, folder: JobFolder) -> None:
        """As after kill -9: the status still says that a process runs which is gone."""
        gone = WorkerProcess(pid=2**22 + 1, started=1.0)
        folder.write_status(JobStatus(state=JobState.RUNNING, process=gone, done=16, total=40))

    def _status(
        self, folder: JobFolder, state: JobState, done: int, total: int, reason: str = ""
    ) -> None:
        process = WorkerProcess.of(self.processes[-1].pid) if state is JobState.RUNNING else None
        status = JobStatus(state=state, process=process, done=done, total=total, reason=reason)
        folder.write_status(status)


@dataclass
class Studio:
    """One running window with everything that a test wants to look at or steer."""

    window: MainWindow
    ask: ScriptedAsk
    workers: FakeWorkers
    home: Path
    notices: list[Notice] = field(default_factory=list)

    @property
    def desk(self):
        return self.window.desk

    @property
    def session(self):
        return self.window.desk.session

    def trigger(self, name: str) -> None:
        """Choose a menu entry; it must be on offer."""
        action = self.window.menus.actions[name]
        assert action.isEnabled(), f"{name} cannot be chosen now"
        action.trigger()

    def said(self) -> str:
        """Everything that the banner has shown."""
        return "\n".join("\n".join([n.text, *n.items]) for n in self.notices)


@dataclass
class StudioMaker:
    """Opens windows; closing one and opening another is a restart of the program."""

    application: QApplication
    qtbot: QtBot
    home: Path
    workers: FakeWorkers
    made: list[Studio] = field(default_factory=list)

    def __call__(self, study: Path | None = None) -> Studio:
        store = QSettings(str(self.home / "preferences.ini"), QSettings.Format.IniFormat)
        preferences = Preferences(store)
        ask = ScriptedAsk()
        places = Surroundings(
            self.home, self.home / "jobs", self.home / "logs", start_job=self.workers.start
        )
        window = build_window(self.application, places, preferences, ask)
        studio = Studio(window, ask, self.workers, self.home)
        window.notices.posted.connect(studio.notices.append)
        self.qtbot.addWidget(window)
        window.show()
        self.qtbot.waitExposed(window)
        if study is None:
            window.desk.files.use_default_study(self.home)
        else:
            window.desk.files.use_study(study)
        self.made.append(studio)
        return studio


@pytest.fixture
def open_studio(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[StudioMaker]:
    """Opens windows on the test's own home."""
    home.mkdir(parents=True, exist_ok=True)
    dress(qapp, Preferences.of_user(home))
    maker = StudioMaker(qapp, qtbot, home, FakeWorkers())
    yield maker
    for studio in maker.made:
        studio.window.close()
        assert not studio.ask.answers, "a prepared dialog never opened"
    maker.workers.close()


@pytest.fixture
def studio(open_studio: StudioMaker) -> Studio:
    """A window on an empty study."""
    return open_studio()


def take(studio: Studio, qtbot: QtBot, *paths: Path) -> None:
    """Drop files on the window and wait until they are in."""
    with qtbot.waitSignal(studio.session.recordings_added):
        studio.desk.files.take(list(paths))


def show_recording(studio: Studio, qtbot: QtBot, path: Path) -> None:
    """Add a recording and wait until it is on the stage with its poses."""
    take(studio, qtbot, path)
    qtbot.waitUntil(lambda: studio.session.info is not None and studio.session.can_edit)


def predict_all(studio: Studio, qtbot: QtBot, track: PoseTrack) -> None:
    """Let the fake worker predict the recording on the stage to its end."""
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    folder = studio.workers.started[-1]
    studio.workers.predict(folder, track)
    studio.workers.finish(folder)

    def all_is_taken_over() -> None:
        jobs = studio.desk.watcher.jobs()
        assert not jobs, f"{jobs}; written: {folder.status()}; said: {studio.said()}"

    qtbot.waitUntil(all_is_taken_over)
    qtbot.waitUntil(lambda: studio.session.predicted_frames == len(track))


def child_named(widget: QWidget, name: str) -> QWidget:
    """The visible control that a screen reader calls so."""
    named = [w for w in widget.findChildren(QWidget) if w.accessibleName() == name]
    found = [w for w in named if w.isVisible()]
    assert len(found) == 1, f"{len(found)} controls are called {name}"
    return found[0]
