"""What the user does with models: choose one, let it find the infant, draw where the infant is."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs.job_watcher import JobWatcher
from app.jobs.model_need import job_that_needs
from app.jobs.watched_job import JobSummary
from app.notices import Notices
from app.preferences import Preferences
from app.session.session import Session
from core.errors import BadModel, ShiftError
from core.jobs.requests import PredictRequest, RoiCorners
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
        self._region_timer.timeout.connect(self.predict_current)
        session.recording_changed.connect(self._region_timer.stop)
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
        fresh = [
            recording
            for recording in study.recordings()
            if not summaries[recording.id].complete and self._is_idle(recording)
        ]
        if fresh:
            self.predict(fresh)
        else:
            self._notices.done("All recordings are predicted.")

    def predict_all_again(self) -> None:
        """Predict every recording anew; points placed by hand stay."""
        self.predict(self._session.recordings())

    def predict(self, recordings: list[Recording]) -> None:
        """Queue recordings; a missing file is told and passed over."""
        for recording in recordings:
            if recording.is_missing:
                self._notices.problem(
                    f"{recording.path}: the file is not there; say where it is now by "
                    "“Find the missing file…” in the File menu."
                )
                continue
            try:
                self._watcher.predict(recording.id, recording.name, self._request(recording))
            except ShiftError as error:
                self._notices.problem(str(error))
                return

    def region_drawn(self) -> None:
        """Look for the infant in the region, once the user seems to be done with drawing it."""
        self._region_timer.start()

    def clear_region(self) -> None:
        """Look for the infant everywhere again, and do so now."""
        self._session.set_roi(None)
        self.predict_current()

    def _begin_with_new(self, added: list[Recording], _refused: list[str]) -> None:
        study = self._session.study
        if study is None or not self._preferences.predict_on_open:
            return
        summaries = study.summaries()
        fresh = [r for r in added if not summaries[r.id].has_prediction and self._is_idle(r)]
        self.predict(fresh)

    def _tell_warnings(self, job: JobSummary, warnings: list[str]) -> None:
        if job.kind == "predict" and warnings:
            self._notices.warn(f"{job.title} is predicted, but:", warnings)

    def _is_idle(self, recording: Recording) -> bool:
        job = self._watcher.job_of(recording.id)
        return job is None or not job.is_active

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
