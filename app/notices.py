"""The only place that tells the user of problems: banners for the expected, a dialog for faults."""

import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from core.errors import ShiftError


class NoticeKind(StrEnum):
    """How a notice looks and how urgent it is."""

    PROBLEM = "problem"
    WARNING = "warning"
    DONE = "done"


@dataclass(frozen=True)
class Notice:
    """One thing to tell: a sentence, perhaps a list under it, perhaps one button."""

    kind: NoticeKind
    text: str
    items: tuple[str, ...] = ()
    button: str = ""
    on_button: Callable[[], object] | None = None


@dataclass(frozen=True)
class Fault:
    """Something that should not have happened, for the error dialog and the log."""

    summary: str
    details: str
    log: Path


class Notices(QObject):
    """Where every part of the window reports; banners and the error dialog listen."""

    posted = Signal(object)  # Notice
    fault_found = Signal(object)  # Fault

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        """Write faults to `log`."""
        super().__init__(parent)
        self._log = log

    def problem(self, text: str, items: Sequence[str] = ()) -> None:
        """Say that something did not work and what to do."""
        self.posted.emit(Notice(NoticeKind.PROBLEM, text, tuple(items)))

    def offer(self, text: str, button: str, on_button: Callable[[], object]) -> None:
        """Say that something did not work, with a button for the way out."""
        self.posted.emit(Notice(NoticeKind.PROBLEM, text, (), button, on_button))

    def unsaved(self, text: str, retry: Callable[[], object]) -> None:
        """Say that a change is not on the disk yet, with a button to try again."""
        told = f"Not saved yet: {text} It is tried again every few seconds; nothing is lost while "
        told += "this window is open."
        self.offer(told, "Try again now", retry)

    def warn(self, text: str, items: Sequence[str] = ()) -> None:
        """Say that something worked, but not as the user may think."""
        self.posted.emit(Notice(NoticeKind.WARNING, text, tuple(items)))

    def done(
        self, text: str, button: str = "", on_button: Callable[[], object] | None = None
    ) -> None:
        """Say that something the user waited for is finished."""
        self.posted.emit(Notice(NoticeKind.DONE, text, (), button, on_button))

    def problems(self, sentences: Sequence[str]) -> None:
        """Say several problems in one banner."""
        if len(sentences) == 1:
            self.problem(sentences[0])
        elif sentences:
            self.problem(f"{len(sentences)} things could not be opened:", sentences)

    def catch_everything(self) -> None:
        """Take over uncaught errors of this process: sentences to banners, faults to the log."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def _uncaught_in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self._uncaught(found.exc_type, found.exc_value, found.exc_traceback)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, ShiftError):
            self.problem(str(error))
            return
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        self._write(details)
        self.fault_found.emit(Fault(f"{kind.__name__}: {error}", details, self._log))

    def _write(self, details: str) -> None:
        sys.stderr.write(details)
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("a", encoding="utf-8") as file:
                file.write(f"{datetime.now(UTC).isoformat()}\n{details}\n")
        except OSError as refused:
            sys.stderr.write(f"{self._log}: cannot be written ({refused.strerror}).\n")
