"""What the user does with adaptations: order one, watch it, steer it, and see what came of it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.adapting.choose_presets import PRESETS
from app.adapting.job_story import JobStory
from app.adapting.run_view import RunFace
from app.adapting.station import Station
from app.ask import Ask, Question
from app.desk.exporting import show_folder
from app.desk.helping import Helping
from app.desk.judging import Judging
from app.desk.ordering import Ordering
from app.jobs.job_watcher import JobWatcher
from app.jobs.watched_job import JobSummary
from app.notices import Notices
from core.jobs.events import AnyEvent
from core.jobs.requests import AdaptRequest, CompareRequest
from core.jobs.status import JobState, JobStatus
from core.study.recordings import Recording

_JUDGED = ("adapt", "compare")  # jobs that end with a verdict


@dataclass(frozen=True)
class Talk:
    """The ways in which something is said to the user."""

    ask: Ask
    notices: Notices
    helping: Helping


class Adapting(QObject):
    """Turns the pages of the station; the jobs themselves go on without it."""

    station_wanted = Signal(bool)  # whether the station is to stand in the middle of the window

    def __init__(
        self,
        station: Station,
        watcher: JobWatcher,
        *,
        ordering: Ordering,
        judging: Judging,
        talk: Talk,
    ) -> None:
        """Show the jobs of `watcher` in `station`."""
        super().__init__(station)
        self._station = station
        self._watcher = watcher
        self._ordering = ordering
        self._judging = judging
        self._talk = talk
        self._stories: dict[str, JobStory] = {}
        self._shown = ""
        self.is_shown = False
        self._follow()

    def _follow(self) -> None:
        run, watcher = self._station.run, self._watcher
        self._station.left.connect(self.leave)
        self._ordering.left.connect(self.leave)
        self._ordering.ordered.connect(self.show)
        watcher.job_heard.connect(self._hear)
        watcher.job_done.connect(self._tell_done)
        watcher.jobs_changed.connect(self._forget_gone)
        run.pause_wanted.connect(lambda: watcher.stop(self._shown))
        run.resume_wanted.connect(lambda: watcher.resume(self._shown))
        run.finish_wanted.connect(self._finish)
        run.discard_wanted.connect(lambda: self.discard(self._shown))
        run.folder_wanted.connect(lambda: show_folder(watcher.folder(self._shown)))
        run.details_wanted.connect(self._show_details)

    def _turn_to(self, page: QWidget) -> None:
        self._station.turn_to(page)
        self.is_shown = True
        self.station_wanted.emit(True)

    def choose(self, recordings: list[Recording] | None = None) -> None:
        """Let the user choose what to adapt to; these recordings are ticked."""
        self._shown = ""
        self._ordering.begin(recordings)
        self._turn_to(self._station.choose)

    def show(self, key: str) -> None:
        """Show an adaptation or a comparison: its verdict if it has one, else how it goes."""
        story, job = self._stories.setdefault(key, JobStory()), self._summary(key)
        request, folder = self._watcher.request(key), self._watcher.folder(key)
        if job is None or not isinstance(request, AdaptRequest | CompareRequest):
            return
        if story.state is JobState.DONE and story.verdict:
            self._shown = key
            has_new = isinstance(request, AdaptRequest)
            self._judging.show(folder, story.verdict, has_new_model=has_new)
            self._turn_to(self._station.verdict)
        elif isinstance(request, AdaptRequest):
            self._shown = key
            face = RunFace(job.title, _recipe_words(request), self._base_words(request), folder)
            self._station.run.show_job(face, story)
            self._station.run.show_awake(story.status.awake)
            self._turn_to(self._station.run)

    def show_newest(self) -> None:
        """Show the last adaptation or comparison that was begun, or say that there is none."""
        begun = [job for job in self._watcher.jobs() if job.kind in _JUDGED]
        if begun:
            self.show(begun[-1].key)
        else:
            self._talk.notices.done("No adaptation of this study is at work or waits for you.")

    def leave(self) -> None:
        """Go back to the recordings; nothing if they are in front already."""
        if not self.is_shown:
            return
        if self._station.page is self._station.choose:
            self._ordering.remember()
        self._shown = ""
        self.is_shown = False
        self._ordering.end()
        self.station_wanted.emit(False)

    def discard(self, key: str) -> None:
        """Throw an adaptation away with all it made, after asking."""
        job = self._summary(key)
        if job is None or not self._talk.ask.confirm(_discarding(job)):
            return
        if key == self._shown:
            self.leave()
        if self._summary(key) is not None:  # it may have gone while the question stood
            self._watcher.dismiss(key)

    def _finish(self) -> None:
        story = self._stories[self._shown]
        story.is_finishing = True
        self._watcher.finish(self._shown)
        self._station.run.show_story(story)

    def _hear(self, key: str, events: tuple[AnyEvent, ...], status: JobStatus) -> None:
        job = self._summary(key)
        if job is None or job.kind not in _JUDGED:
            return
        story = self._stories.setdefault(key, JobStory())
        for event in events:
            story.hear(event)
        story.see(status)
        if key != self._shown:
            return
        if story.state is JobState.DONE and self._station.page is self._station.run:
            self.show(key)
        else:
            self._station.run.show_story(story)
            self._station.run.show_awake(status.awake)

    def _tell_done(self, job: JobSummary, _warnings: list[str]) -> None:
        if job.kind in _JUDGED and job.key != self._shown:
            self._talk.notices.done(
                f"{job.title}: done.", "See the verdict", lambda: self._show_if_there(job.key)
            )

    def _show_if_there(self, key: str) -> None:
        if self._summary(key) is not None:
            self.show(key)

    def _forget_gone(self) -> None:
        there = {job.key for job in self._watcher.jobs()}
        self._stories = {key: story for key, story in self._stories.items() if key in there}
        if self._shown and self._shown not in there:
            self.leave()

    def _show_details(self) -> None:
        job = self._summary(self._shown)
        if job is not None:
            self._talk.helping.show_job_details(job)

    def _summary(self, key: str) -> JobSummary | None:
        return next((job for job in self._watcher.jobs() if job.key == key), None)

    def _base_words(self, request: AdaptRequest) -> str:
        return self._ordering.title_of(request.base)


def _recipe_words(request: AdaptRequest) -> str:
    name, _ = PRESETS.get(request.recipe, (Path(request.recipe).stem, ""))
    return f"{name}, changed" if request.settings else name


def _discarding(job: JobSummary) -> Question:
    return Question(
        "Discard the adaptation",
        f"Discard “{job.title}”?",
        "Its folder is deleted: what it has learnt so far, its pictures and its verdict. A model "
        "that you use already stays in the library.",
        "Discard",
    )
