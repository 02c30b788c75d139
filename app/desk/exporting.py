"""What the user takes away: the export dialog, its job, and the way to the files."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.ask import Ask
from app.dialogs.export_dialog import ExportChoice, ExportDialog
from app.jobs.job_watcher import JobWatcher
from app.jobs.watched_job import JobSummary
from app.notices import Notices
from app.preferences import Preferences
from app.session.session import Session
from core.errors import ShiftError
from core.jobs.requests import ExportRequest


class Exporting:
    """Exports are jobs: the window stays free and they can be stopped."""

    def __init__(
        self,
        session: Session,
        watcher: JobWatcher,
        *,
        ask: Ask,
        notices: Notices,
        preferences: Preferences,
    ) -> None:
        """Export from this session."""
        self._session = session
        self._watcher = watcher
        self._ask = ask
        self._notices = notices
        self._preferences = preferences
        watcher.job_done.connect(self._on_done)

    def choose(self) -> None:
        """Open the dialog, and start what was chosen there."""
        study, recordings = self._session.study, self._session.recordings()
        if study is None or not recordings or not self._is_all_saved():
            return
        summaries = study.summaries()
        dialog = ExportDialog(
            recordings,
            self._session.recording,
            unfinished={one for one, summary in summaries.items() if not summary.complete},
            folder=self._preferences.export_folder,
            chooser=self._ask,
            parent=self._ask.parent,
        )
        if self._ask.run(dialog):
            self.start(dialog.choice())
        dialog.deleteLater()

    def _is_all_saved(self) -> bool:
        """Exports read the study's file: what the disk has refused would be missing there."""
        if not self._session.pending_writes or self._session.retry_writes():
            return True
        self._notices.problem(
            "Corrections on the screen are not saved yet, so they would be missing in the export. "
            "Make room, or save the study elsewhere (File > Save study as), then export."
        )
        return False

    def start(self, choice: ExportChoice) -> None:
        """Write what was chosen."""
        study = self._session.study
        if study is None:
            return
        self._preferences.export_folder = choice.out
        one = self._session.recording
        count = len(choice.recordings)
        name = one.name if one and count == 1 else f"{count} recordings"
        request = ExportRequest(
            study=study.path,
            recordings=choice.recordings,
            formats=choice.formats,
            out=choice.out,
            overwrite=choice.overwrite,
            smooth=choice.smooth,
        )
        try:
            self._watcher.begin(f"Export {name}", request)
        except ShiftError as error:
            self._notices.problem(str(error))

    def _on_done(self, job: JobSummary, warnings: list[str]) -> None:
        if job.kind != "export" or job.out is None:
            return
        out = job.out
        if warnings:
            self._notices.warn(f"{job.title}: done, with something to know:", warnings)
        else:
            self._notices.done(f"{job.title}: done.", "Show in folder", lambda: show_folder(out))


def show_folder(folder: Path) -> None:
    """Open a folder in the system's file browser."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
