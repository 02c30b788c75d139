"""What the user chooses before an adaptation: shown what there is, surveyed, and ordered."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.adapting.choice import Choice, ChosenAdaptation, RecordingOffer
from app.adapting.choose_view import ChooseView
from app.desk.comparing import footage_of
from app.desk.predicting import Predicting
from app.jobs.job_watcher import JobWatcher
from app.jobs.watched_job import JobSummary
from app.notices import Notices
from app.session.session import Session
from core.errors import ShiftError
from core.jobs.requests import AdaptRequest, FootageRequest, SurveyRequest
from core.jobs.status import JobState, JobStatus
from core.jobs.survey_report import read_survey
from core.study.recordings import Recording

_SURVEY = "Look at the recordings"


class Ordering(QObject):
    """Fills the page on which an adaptation is chosen, and starts the jobs that it asks for."""

    ordered = Signal(str)  # the key of an adaptation
    left = Signal()

    def __init__(
        self,
        view: ChooseView,
        session: Session,
        watcher: JobWatcher,
        *,
        predicting: Predicting,
        notices: Notices,
    ) -> None:
        """Order for the study of `session`."""
        super().__init__(view)
        self._view = view
        self._session = session
        self._watcher = watcher
        self._predicting = predicting
        self._notices = notices
        self._survey = ""  # key of the job that looks at the recordings
        self._unfinished: tuple[Path, ChosenAdaptation] | None = None  # of which study
        view.survey_wanted.connect(self._look)
        view.survey_stop_wanted.connect(self._stop_looking)
        view.adapt_wanted.connect(self._order)
        view.cancelled.connect(self._cancel)
        watcher.job_heard.connect(self._hear)
        watcher.job_done.connect(self._on_done)
        watcher.job_failed.connect(self._on_failed)

    def begin(self, ticked: Sequence[Recording] | None = None) -> None:
        """Offer all recordings of the study; those given are ticked, or the one on the stage.

        Who had left the page to look at a recording finds the choice as it was.
        """
        study = self._session.study
        if study is None:
            return
        was = self._unfinished
        kept = was[1] if was and ticked is None and was[0] == study.path else None
        self._unfinished = None
        if ticked is None:
            ticked = [self._session.recording] if self._session.recording else []
        chosen = {one.id for one in (kept.recordings if kept else ticked)}
        bases = tuple(self._predicting.models())
        base = kept.base if kept and kept.base in dict(bases) else self._predicting.model
        summaries = study.summaries()
        offers = tuple(
            RecordingOffer(
                id=one.id,
                name=one.name,
                seconds=one.duration,
                frames=one.frame_count,
                is_predicted=summaries[one.id].has_prediction,
                corrected=summaries[one.id].corrected_frames,
                is_missing=one.is_missing,
            )
            for one in study.recordings()
        )
        self._view.show_choice(
            Choice(
                recordings=offers,
                bases=bases,
                base=base,
                chosen=frozenset(one.id for one in offers if one.id in chosen),
                stretches={one.id: one.stretches[0] for one in kept.recordings if one.stretches}
                if kept
                else {},
                free_bytes=shutil.disk_usage(self._watcher.root).free,
            )
        )

    def remember(self) -> None:
        """The page is left without a decision: its choice is there again next time."""
        study = self._session.study
        self._unfinished = (study.path, self._view.chosen) if study else None

    def end(self) -> None:
        """Nobody looks at the page any more: what a survey left is thrown away."""
        if self._survey in {job.key for job in self._watcher.jobs()}:
            self._watcher.dismiss(self._survey)
        self._survey = ""

    def title_of(self, model: str) -> str:
        """How users call a model."""
        return dict(self._predicting.models()).get(model, model)

    def _cancel(self) -> None:
        self.left.emit()
        self._unfinished = None

    def _look(self, chosen: ChosenAdaptation) -> None:
        self.end()
        request = SurveyRequest(
            footage=self._footage(chosen),
            base=chosen.base,
            settings=chosen.settings,
            device=chosen.device,
        )
        self._survey = self._begun(_SURVEY, request)
        if self._survey:
            self._view.show_survey_state("Getting ready", 0.0)

    def _stop_looking(self) -> None:
        self.end()
        self._view.show_survey_state("", None)

    def _order(self, chosen: ChosenAdaptation) -> None:
        study = self._session.study
        if study is None:
            return
        footage = self._footage(chosen)
        request = AdaptRequest(
            study=study.path,
            footage=footage,
            base=chosen.base,
            recipe=chosen.recipe,
            settings=chosen.settings,
            device=chosen.device,
        )
        one = footage[0].recording.stem
        named = f"“{one}”" if len(footage) == 1 else f"{len(footage)} recordings"
        key = self._begun(f"Adapt to {named}", request)
        if key:
            self.end()
            self.ordered.emit(key)

    def _begun(self, title: str, request: AdaptRequest | SurveyRequest) -> str:
        try:
            return self._watcher.begin(title, request)
        except ShiftError as error:
            self._notices.problem(str(error))
            return ""

    def _footage(self, chosen: ChosenAdaptation) -> tuple[FootageRequest, ...]:
        by_id = {one.id: one for one in self._session.recordings()}
        pairs = [(by_id[one.id], one.stretches) for one in chosen.recordings if one.id in by_id]
        return tuple(
            footage_of(recording).model_copy(update={"stretches": stretches})
            for recording, stretches in pairs
        )

    # What the survey tells -------------------------------------------------------------------

    def _hear(self, key: str, _events: object, status: JobStatus) -> None:
        if key != self._survey:
            return
        if status.state in (JobState.STOPPED, JobState.INTERRUPTED):
            self._view.show_survey_state("The look ended early; look again.", None)
        elif status.state in (JobState.QUEUED, JobState.RUNNING):
            share = status.done / status.total if status.total else 0.0
            self._view.show_survey_state(status.activity or "Getting ready", share)

    def _on_done(self, job: JobSummary, _warnings: list[str]) -> None:
        if job.kind != "survey":
            return
        if job.key != self._survey:  # of an earlier window: nobody waits for it
            self._watcher.dismiss(job.key)
            return
        folder = self._watcher.folder(job.key)
        self._session.background.run(
            lambda: read_survey(folder),
            lambda report: self._view.show_survey(report, folder),
            lambda error: self._view.show_survey_state(str(error), None),
        )

    def _on_failed(self, job: JobSummary) -> None:
        if job.key == self._survey:
            self._view.show_survey_state(job.sentence, None)
