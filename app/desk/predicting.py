"""What the user does with models: choose one, let it find the infant, draw where the infant is."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs.job_orders import Wish
from app.jobs.job_watcher import JobWatcher
from app.jobs.model_need import job_that_needs
from app.jobs.watched_job import JobSummary
from app.notices import Notices
from app.preferences import Preferences
from app.session.session import Session
from core.errors import BadModel, ShiftError
from core.jobs.requests import PredictRequest, RoiCorners
from core.jobs.status import JobState
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.models.model_folder import ModelFolder
from core.study.adoption import Adoption
from core.study.recordings import Recording

_DRAWING_PAUSE_MS = 1000


class Predicting(QObject):
    """Starts jobs; what they find comes back through the watcher."""

    model_changed = Signal()

    def __init__(
        self, session: Session, watcher: JobWatcher, *, notices: Notices, preferences: Preferences
    ) -> None:
        """Predict the recordings of this session."""
        super().__init__(session)
        self._session = session
        self._watcher = watcher
        self._notices = notices
        self._preferences = preferences
        self._library = ModelLibrary.standard()
        self._region_timer = QTimer(self, singleShot=True, interval=_DRAWING_PAUSE_MS)
        self._region_timer.timeout.connect(self._predict_region)
        self._region_of: int | None = None  # the recording that a region was drawn in
        session.recording_changed.connect(self._end_drawing)
        watcher.job_done.connect(self._tell_warnings)
        session.recordings_added.connect(self._begin_with_new)

    def models(self) -> list[tuple[str, str]]:
        """Names and titles of the models that can find points."""
        found: list[tuple[str, str]] = []
        for name in self._library.names():
            try:
                card = self._library.find(name).card
            except BadModel:
                continue  # a damaged card is told when somebody asks for that model
            if card.task == "pose":
                found.append((name, card.title))
        return found

    @property
    def model(self) -> str:
        """The model that is used: the study's own, else the user's choice, while they are there."""
        chosen = self._of_study()
        return chosen if chosen and chosen in self._library.names() else self.usual

    @property
    def usual(self) -> str:
        """The model of studies that have none of their own."""
        chosen = self._preferences.model
        return chosen if chosen and chosen in self._library.names() else DEFAULT_POSE_MODEL

    def job_that_needs(self, model: str) -> str:
        """The title of a background job, of any study, that needs this model; empty without."""
        return job_that_needs(self._watcher.root, model)

    def choose_model(self, name: str) -> None:
        """Use another model from now on; of a study that has its own, in this study alone."""
        if self._of_study():
            try:
                self.adopt(self._library.find(name))
            except ShiftError as error:
                self._notices.problem(str(error))
            return
        self._preferences.model = name
        self.model_changed.emit()

    def adopt(self, model: ModelFolder) -> bool:
        """Predict this study with a model of the library; False, and told, if that cannot be."""
        study = self._session.study
        if study is None:
            return False
        try:
            Adoption.of(study).adopt(model.card.name, model.card.weights_sha256, datetime.now(UTC))
        except ShiftError as error:
            self._notices.problem(str(error))
            return False
        self.model_changed.emit()
        return True

    def roll_back(self) -> bool:
        """Predict this study with the model before this one; False, and told, if it cannot be."""
        study = self._session.study
        if study is None:
            return False
        try:
            Adoption.of(study).roll_back()
        except ShiftError as error:
            self._notices.problem(str(error))
            return False
        self.model_changed.emit()
        return True

    def _of_study(self) -> str | None:
        study = self._session.study
        if study is None:
            return None
        try:
            now = Adoption.of(study).current
        except ShiftError as error:
            self._notices.problem(str(error))
            return None
        return now.name if now else None

    def predict_current(self) -> None:
        """Predict the recording on the stage, again if it was; points placed by hand stay."""
        if self._session.recording is not None:
            self.predict([self._session.recording])

    def predict_missing(self) -> None:
        """Predict every recording that has not been."""
        study = self._session.study
        if study is None:
            return
        summaries = study.summaries()
        missing = [r for r in study.recordings() if not summaries[r.id].complete]
        if fresh := [recording for recording in missing if self._is_idle(recording)]:
            self.predict(fresh)
        elif missing:
            self._notices.done("All that are not predicted are on their way.")
        else:
            self._notices.done("All recordings are predicted.")

    def predict_all_again(self) -> None:
        """Predict every recording anew; points placed by hand stay."""
        self.predict(self._session.recordings())

    def predict(self, recordings: list[Recording]) -> None:
        """Queue recordings; a missing file is told and passed over, a stopped job goes on."""
        wanted: list[Wish] = []
        for recording in recordings:
            if recording.is_missing:
                self._notices.problem(
                    f"{recording.path}: the file is not there; say where it is now by "
                    "“Find the missing file…” in the File menu."
                )
                continue
            request = self._request(recording)
            if stopped := self._stopped(recording, request):
                self._watcher.resume(stopped)
            else:
                wanted.append(Wish(request, recording.name, recording.id))
        self._watcher.predict(wanted)

    def region_drawn(self) -> None:
        """Look for the infant in the region, once the user seems to be done with drawing it."""
        recording = self._session.recording
        self._region_of = recording.id if recording else None
        self._region_timer.start()

    def _end_drawing(self) -> None:
        """Who goes to another recording is done with drawing in this one."""
        if self._region_timer.isActive():
            self._region_timer.stop()
            self._predict_region()

    def _predict_region(self) -> None:
        drawn, self._region_of = self._region_of, None
        self.predict([one for one in self._session.recordings() if one.id == drawn])

    def clear_region(self) -> None:
        """Look for the infant everywhere again, and do so now."""
        self._session.set_roi(None)
        self.predict_current()

    def _begin_with_new(self, added: list[Recording], _refused: list[str]) -> None:
        study = self._session.study
        if study is None or not self._preferences.predict_on_open:
            return
        summaries = study.summaries()
        # One that was taken off the list while the others were read has no summary.
        unseen = [r for r in added if r.id in summaries and not summaries[r.id].has_prediction]
        self.predict([recording for recording in unseen if self._is_idle(recording)])

    def _tell_warnings(self, job: JobSummary, warnings: list[str]) -> None:
        if job.kind == "predict" and warnings:
            self._notices.warn(f"{job.title} is predicted, but:", warnings)

    def _stopped(self, recording: Recording, request: PredictRequest) -> str | None:
        """The job that was stopped, or died, in the midst of just this."""
        job = self._watcher.job_of(recording.id)
        if job is None or job.state not in (JobState.STOPPED, JobState.INTERRUPTED):
            return None
        return job.key if self._watcher.request(job.key) == request else None

    def _is_idle(self, recording: Recording) -> bool:
        job = self._watcher.job_of(recording.id)
        is_waiting = self._watcher.ordering.is_preparing(recording.id)
        return not is_waiting and (job is None or not job.is_active)

    def _request(self, recording: Recording) -> PredictRequest:
        return PredictRequest(
            recording=recording.path,
            fingerprint=recording.fingerprint,
            model=self.model,
            segmentation=True,
            roi=corners(recording),
        )


def corners(recording: Recording) -> RoiCorners | None:
    """The region inside the picture, as a request wants it."""
    roi = recording.roi
    if roi is None:
        return None
    left, top = max(roi.x, 0.0), max(roi.y, 0.0)
    right = min(roi.x + roi.width, recording.width)
    bottom = min(roi.y + roi.height, recording.height)
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None
