"""Help: the keys, what the program is, and what to send when something broke."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.ask import Ask
from app.desk.exporting import show_folder
from app.dialogs.about_dialog import AboutDialog
from app.dialogs.shortcut_sheet import KeyGroup, ShortcutSheet
from app.dialogs.text_dialog import TextDialog
from app.jobs.watched_job import JobSummary
from app.notices import Fault

_LOG_BYTES = 20_000


class Helping:
    """Opens the dialogs that explain."""

    def __init__(self, ask: Ask, logs: Path) -> None:
        """Logs lie in `logs`."""
        self._ask = ask
        self._logs = logs

    def show_keys(self, groups: Sequence[KeyGroup]) -> None:
        """All keys on one sheet."""
        self._ask.run(ShortcutSheet(groups, self._ask.parent))

    def show_about(self) -> None:
        """Version, scope and licences."""
        self._ask.run(AboutDialog(program_version(), self._ask.parent))

    def show_logs(self) -> None:
        """The folder with the logs."""
        self._logs.mkdir(parents=True, exist_ok=True)
        show_folder(self._logs)

    def show_fault(self, fault: Fault) -> None:
        """Something of ours broke."""
        text = (
            "Something went wrong that should not have. Your corrections are saved; you can go "
            f"on. If it comes again, send us the details below or the file {fault.log}."
        )
        self._ask.run(TextDialog("A fault in SHIFT Studio", text, fault.details, self._ask.parent))

    def show_job_details(self, job: JobSummary) -> None:
        """Why a job failed, with the end of its log."""
        details = "\n\n".join(part for part in (job.details, _end_of(job.log)) if part)
        title = f"“{job.title}” did not work"
        self._ask.run(TextDialog(title, job.sentence, details, self._ask.parent))


def program_version() -> str:
    """The installed version; a checkout that was not installed has none."""
    try:
        return version("shift-studio")
    except PackageNotFoundError:
        return "of a source checkout"


def _end_of(log: Path) -> str:
    try:
        content = log.read_bytes()
    except OSError:
        return ""
    return content[-_LOG_BYTES:].decode("utf-8", "replace")
