"""What the user decides on a verdict: use the new model, keep the old one, or go back."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.adapting.decision_bar import Decision
from app.adapting.verdict_view import VerdictView
from app.desk.predicting import Predicting
from app.notices import Notices
from app.session.session import Session
from core.errors import ShiftError
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder, open_model
from core.study.adoption import Adoption
from core.verdict.report import VerdictReport
from core.verdict.report_file import read_report

_MODEL = "model"  # in a job's folder


class Judging(QObject):
    """Knows the verdict that is shown; the study remembers what was decided."""

    def __init__(
        self, view: VerdictView, session: Session, *, predicting: Predicting, notices: Notices
    ) -> None:
        """Do what `view` asks for."""
        super().__init__(view)
        self._view = view
        self._session = session
        self._predicting = predicting
        self._notices = notices
        self._folder = Path()
        view.adopt_wanted.connect(self._adopt)
        view.keep_wanted.connect(lambda: view.show_decision(Decision.KEPT_OLD))
        view.predict_again_wanted.connect(predicting.predict_all_again)
        view.roll_back_wanted.connect(self._roll_back)
        view.video_wanted.connect(_play)

    def show(self, folder: Path, file: str, *, has_new_model: bool = True) -> None:
        """Read the verdict in a job's folder and show it; a comparison has made no new model."""
        self._folder = folder
        self._view.show_nothing("Reading the verdict…")

        def fail(error: ShiftError) -> None:
            if folder == self._folder:
                self._view.show_nothing("This verdict cannot be read.")
            self._tell(error)

        self._session.background.run(
            lambda: (
                read_report(folder / file),
                open_model(folder / _MODEL) if has_new_model else None,
            ),
            lambda found: self._show(folder, *found),
            fail,
        )

    def _show(self, folder: Path, report: VerdictReport, model: ModelFolder | None) -> None:
        if folder != self._folder:
            return
        if model is None:
            self._view.show_comparison(report, folder)
            return
        self._view.show_report(report, folder, self._proposed_name())
        now = self._session.study and Adoption.of(self._session.study).current
        # Where nothing was better, the job's model is its base again, which may be in use.
        if now and report.step > 0 and now.weights_sha256 == model.card.weights_sha256:
            self._view.show_decision(Decision.ADOPTED, self._title_of(now.name))

    def _proposed_name(self) -> str:
        study = self._session.study
        stem = study.path.stem if study else "adapted"
        today = datetime.now().astimezone()
        return f"{stem} {today:%Y-%m-%d}"

    def _title_of(self, name: str) -> str:
        return dict(self._predicting.models()).get(name, name)

    def _adopt(self, wish: str) -> None:
        folder, study = self._folder, self._session.study
        if study is None:
            return

        def copied() -> ModelFolder:
            return ModelLibrary.standard().adopt_folder(folder / _MODEL, wish)

        def taken(model: ModelFolder) -> None:
            is_adopted = self._predicting.adopt(model)
            if folder != self._folder:
                return
            self._view.decision.show_busy(is_busy=False)
            if is_adopted:
                self._view.show_decision(Decision.ADOPTED, model.card.title)

        def fail(error: ShiftError) -> None:
            self._view.decision.show_busy(is_busy=False)
            self._tell(error)

        self._view.decision.show_busy(is_busy=True)
        self._session.background.run(copied, taken, fail)

    def _roll_back(self) -> None:
        if self._predicting.roll_back():
            self._view.show_decision(Decision.KEPT_OLD)

    def _tell(self, error: ShiftError) -> None:
        self._notices.problem(str(error))


def _play(video: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(video)))
