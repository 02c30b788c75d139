"""What the user does to compare two models: choose them, and see what came of it."""

from PySide6.QtCore import QObject

from app.ask import Ask
from app.desk.predicting import Predicting, corners
from app.dialogs.compare_dialog import CompareDialog, Comparison, ComparisonOffer
from app.jobs.job_watcher import JobWatcher
from app.notices import Notices
from app.session.session import Session
from core.errors import ShiftError
from core.jobs.requests import CompareRequest, FootageRequest
from core.study.recordings import Recording


class Comparing(QObject):
    """Orders comparisons on the study of a session."""

    def __init__(
        self,
        session: Session,
        watcher: JobWatcher,
        *,
        ask: Ask,
        predicting: Predicting,
        notices: Notices,
    ) -> None:
        """Ask with `ask`; the jobs run without this."""
        super().__init__(session)
        self._session = session
        self._watcher = watcher
        self._ask = ask
        self._predicting = predicting
        self._notices = notices

    @property
    def is_possible(self) -> bool:
        """Whether there is a recording to compare on; there are always two models."""
        return any(not one.is_missing for one in self._session.recordings())

    def choose(self, model: str) -> str:
        """Let the user compare `model` with another one; what was ordered, empty if nothing."""
        dialog = CompareDialog(self._offer(model), self._ask.parent)
        wanted = dialog.chosen if self._ask.run(dialog) else None
        dialog.deleteLater()
        return self._order(wanted) if wanted else ""

    def _offer(self, model: str) -> ComparisonOffer:
        models = tuple(self._predicting.models())
        in_use = self._predicting.model
        others = [name for name, _ in models if name != model]
        there = [one for one in self._session.recordings() if not one.is_missing]
        on_stage = self._session.recording
        return ComparisonOffer(
            models=models,
            recordings=tuple((one.id, one.name) for one in there),
            base=in_use if in_use != model else next(iter(others), model),
            model=model,
            recording=on_stage.id if on_stage else None,
        )

    def _order(self, wanted: Comparison) -> str:
        study = self._session.study
        chosen = [one for one in self._session.recordings() if one.id in wanted.recordings]
        if study is None or not chosen:
            return ""
        request = CompareRequest(
            study=study.path,
            footage=tuple(map(footage_of, chosen)),
            base=wanted.base,
            model=wanted.model,
        )
        titles = dict(self._predicting.models())
        title = f"Compare “{titles[wanted.model]}” with “{titles[wanted.base]}”"
        try:
            self._watcher.begin(title, request)
        except ShiftError as error:
            self._notices.problem(str(error))
            return ""
        return title


def footage_of(recording: Recording) -> FootageRequest:
    """All of a recording, as a job is told of it."""
    return FootageRequest(
        id=recording.id,
        recording=recording.path,
        fingerprint=recording.fingerprint,
        roi=corners(recording),
    )
