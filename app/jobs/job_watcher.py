"""Starts background jobs, follows them by their folders and brings what they make to the study."""

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs.chunk_intake import ChunkIntake
from app.jobs.job_orders import Ordering, Orders, Wish, made
from app.jobs.job_owner import JobOwner, is_of, read_owner, staying_with
from app.jobs.look import Seen, Unseen, Wanted, look
from app.jobs.turns import ready
from app.jobs.watched_job import JobSummary, WatchedJob, discard, replace_state
from app.session.background import Background
from app.session.session import Session
from core.errors import BadInput, ShiftError
from core.jobs.folder import JobFolder, list_jobs
from core.jobs.launch import launch
from core.jobs.requests import AnyRequest
from core.jobs.status import JobState
from core.study.study import Study

_POLL_MS = 300
_PATIENCE_LOOKS = 10
_CHUNKS_AT_ONCE = 4  # a few, so that taking them over never holds the window up
# What is in the folders of these is looked at until somebody dismisses them.
_STAYS = ("adapt", "survey", "compare")


class JobWatcher(QObject):
    """The jobs of the open study; one prediction and one adaptation run at a time, others wait.

    Jobs go on without the window; opening the study again takes them over.
    """

    jobs_changed = Signal()
    job_done = Signal(object, list)  # JobSummary, sentences to know about it
    job_failed = Signal(object)  # JobSummary
    job_heard = Signal(str, object, object)  # key, new events in their order, the newest status
    problem = Signal(str)

    def __init__(
        self,
        session: Session,
        root: Path,
        *,
        start: Callable[[JobFolder], None] = launch,
        parent: QObject | None = None,
    ) -> None:
        """Keep jobs under `root`; `start` lets a job's worker run in the background."""
        super().__init__(parent)
        self._start = start
        self._session = session
        self._root = root
        self._jobs: dict[str, WatchedJob] = {}
        self._left: list[JobOwner] = []  # of the jobs of the study that was closed last
        self._background = Background(self)
        self.ordering = Ordering(root, self._background)
        self._cleaner = Background(self)  # what it has begun ends before the window does
        self._intake = ChunkIntake(session)
        self._is_looking = False
        self._looks = 0
        self._launching: set[str] = set()
        self._told = ""
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._look)
        session.study_changed.connect(self._take_over)
        session.predictions.finished.connect(self._on_stored)

    def jobs(self) -> list[JobSummary]:
        """All jobs of the study that are not dealt with, the oldest first."""
        return [job.summary() for job in self._jobs.values()]

    def job_of(self, recording: int) -> JobSummary | None:
        """The newest prediction job of a recording."""
        found = [j for j in self.jobs() if j.kind == "predict" and j.recording == recording]
        return found[-1] if found else None

    def predict(self, wishes: Sequence[Wish]) -> None:
        """Predict recordings of the study as soon as it is their turn."""
        study = self._session.study
        if study is None:
            return
        anew = {wish.recording for wish in wishes}
        for job in list(self._jobs.values()):
            if job.kind == "predict" and job.owner.recording in anew:
                self._dismiss(job.key)
        self.ordering.order(study, wishes, lambda orders: self._watch_all(study, orders))

    def begin(self, title: str, request: AnyRequest) -> str:
        """Do anything else that a worker can do; gives the job's key. Raises NoSpace."""
        study = self._session.study
        if study is None:
            raise BadInput("No study is open.")
        order = made(self._root, study, Wish(request, title))
        self._watch_all(study, Orders([order]))
        return order.folder.path.name

    @property
    def root(self) -> Path:
        """Where the folders of all jobs lie."""
        self._root.mkdir(parents=True, exist_ok=True)
        return self._root

    def folder(self, key: str) -> Path:
        """Where a job keeps its things; raises KeyError."""
        return self._jobs[key].folder.path

    def request(self, key: str) -> AnyRequest:
        """What a job was asked to do; raises KeyError."""
        return self._jobs[key].folder.request

    def finish(self, key: str) -> None:
        """Let a training end now with the best that it has found."""
        self._jobs[key].folder.ask_to_finish()
        self._look()

    def stop(self, key: str) -> None:
        """Ask a job to stop; what it has predicted stays."""
        self._jobs[key].folder.ask_to_stop()
        self._look()

    def resume(self, key: str) -> None:
        """Let a job that ended early go on where it was."""
        self._jobs[key].begin_again()
        self._jobs[key].stale_look = self._looks
        self._jobs[key].folder.queue()
        self._go_on()
        self.jobs_changed.emit()

    def stop_all(self) -> None:
        """Ask every job of the study to stop."""
        for job in filter(lambda job: job.is_active, self.jobs()):
            self.stop(job.key)

    def resume_all(self) -> None:
        """Let every job that ended early go on where it was."""
        for job in filter(lambda job: job.state.can_resume, self.jobs()):
            self.resume(job.key)

    def dismiss(self, key: str) -> None:
        """Stop a job, take it off the list and throw its folder away."""
        self._dismiss(key)
        self.jobs_changed.emit()

    def _dismiss(self, key: str) -> None:
        job = self._jobs.pop(key)
        job.folder.ask_to_stop()
        self._cleaner.run(lambda: discard(job), lambda _: None, lambda _: None)

    def close(self) -> None:
        """Stop watching; the jobs go on."""
        self._timer.stop()
        self._background.close()
        self._cleaner.close(forget=False)

    def _watch_all(self, study: Study, orders: Orders) -> None:
        """Put new jobs on the list at once: a list of hundreds is drawn anew each time."""
        if study is self._session.study:  # else they are found when it is opened again
            for order in orders.made:
                self._watch(order.folder, order.owner)
            self._go_on()
            self.jobs_changed.emit()
        if orders.problem:
            self.problem.emit(orders.problem)

    def _watch(self, folder: JobFolder, owner: JobOwner) -> None:
        self._jobs[folder.path.name] = WatchedJob.of(folder, owner)
        self._timer.start()

    def _take_over(self) -> None:
        """Watch the jobs of the study that has been opened, and no others."""
        self._left = [job.owner for job in self._jobs.values()] or self._left
        self._jobs.clear()
        study = self._session.study
        for folder in list_jobs(self._root) if study else []:
            owner = read_owner(folder)
            if study and owner and is_of(owner, study):
                self._watch(folder, owner)
        if study and (stay := staying_with(self._left, study)):
            self.problem.emit(
                f"What works in the background stays with {stay.name}; open that study to see it."
            )
        if study:
            self._left = []
        self.jobs_changed.emit()
        self._look()

    def _go_on(self) -> None:
        """Start what may start now."""
        for job in list(ready(self._jobs.values(), self._launching)):
            self._launch(job)

    def _launch(self, job: WatchedJob) -> None:
        self._launching.add(job.key)
        self._timer.start()

        def launched(_: None) -> None:
            self._launching.discard(job.key)
            job.status = replace_state(job.status, JobState.RUNNING)  # or it would start again
            job.stale_look = self._looks
            self._look()

        def refused(error: ShiftError) -> None:
            self._launching.discard(job.key)
            self._give_up(job, str(error))

        self._background.run(lambda: self._start(job.folder), launched, refused)

    def _look(self) -> None:
        """Read the folders in a thread; a slow disk makes this rarer, never the window slower."""
        if self._is_looking:
            return
        wanted = [
            Wanted(j.key, j.folder, j.position, tuple(islice(j.waiting, _CHUNKS_AT_ONCE)))
            for j in self._jobs.values()
            if not j.is_taken_over
        ]
        if not wanted:
            self._timer.stop()
            return
        self._is_looking = True
        self._looks += 1
        skeleton = self._session.skeleton
        self._background.run(lambda: look(wanted, skeleton), self._on_seen, self._on_blind)

    def _on_blind(self, error: ShiftError) -> None:
        self._is_looking = False
        self.problem.emit(str(error))

    def _on_seen(self, seen: list[Seen | Unseen]) -> None:
        self._is_looking = False
        before = self.jobs()
        for sight in seen:
            job = self._jobs.get(sight.key)
            if job is None or job.stale_look == self._looks:
                continue
            if isinstance(sight, Seen):
                self._take(job, sight)
            else:
                self._miss(job, sight)
        self._go_on()
        if self.jobs() != before:
            self.jobs_changed.emit()

    def _miss(self, job: WatchedJob, sight: Unseen) -> None:
        """A file may be out of reach for a moment; only a lasting trouble ends the watch."""
        job.looks_in_vain += 1
        if job.looks_in_vain >= _PATIENCE_LOOKS:
            self._give_up(job, sight.problem)

    def _give_up(self, job: WatchedJob, reason: str) -> None:
        job.give_up(reason)
        self.job_failed.emit(job.summary())
        self.jobs_changed.emit()

    def _take(self, job: WatchedJob, sight: Seen) -> None:
        try:
            self._intake.take(job, sight.chunks)
            for event in sight.events:
                job.hear(event)
            job.position = sight.position
            job.looks_in_vain = 0
            is_new = bool(sight.events) or job.status != sight.status
            job.status = sight.status
            if is_new and job.kind in _STAYS:
                self.job_heard.emit(job.key, sight.events, sight.status)
            if not job.waiting and not job.status.state.is_active:
                self._end(job)
        except ShiftError as error:  # what is not taken waits in the job's folder
            self._tell_once(str(error))
        else:
            self._told = ""

    def _end(self, job: WatchedJob) -> None:
        # A worker that seems gone may only be out of sight, as when the clock was set: look on.
        job.is_taken_over = job.status.state is not JobState.INTERRUPTED
        if job.status.state is JobState.DONE and job.kind in _STAYS:
            self.job_done.emit(job.summary(), job.warnings)
        elif job.status.state is JobState.DONE and not self._intake.finish(job):
            self._leave(job)
        elif job.status.state is JobState.FAILED:
            self.job_failed.emit(job.summary())

    def _on_stored(self, _recording: int, prediction: int) -> None:
        """A prediction is complete in the study: its job's folder is not needed any more."""
        for job in [job for job in self._jobs.values() if job.prediction == prediction]:
            self._leave(job)

    def _leave(self, job: WatchedJob) -> None:
        self.job_done.emit(job.summary(), job.warnings)
        self.dismiss(job.key)

    def _tell_once(self, sentence: str) -> None:
        if sentence != self._told:
            self._told = sentence
            self.problem.emit(sentence)
