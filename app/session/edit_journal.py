"""Writes every edit to the study at once, and keeps those that the disk refused until it can."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import ShiftError
from core.pose.pose_edit import PoseEdit
from core.study.edit_history import Action

_RETRY_MS = 3000


class EditLog(Protocol):
    """What the journal needs of a study."""

    def append_edit(
        self,
        recording_id: int,
        edit: PoseEdit,
        *,
        action: Action,
        who: str | None,
        when: datetime | None,
    ) -> None:
        """Make an edit durable; raises a ShiftError if it is not."""
        ...


@dataclass(frozen=True)
class Entry:
    """One line of the log that is not written yet."""

    recording_id: int
    edit: PoseEdit
    action: Action
    when: datetime


class EditJournal(QObject):
    """The queue between a gesture and the study file; almost always empty.

    `failed(sentence)` comes with each refused write, `recovered()` when the queue has emptied.
    """

    failed = Signal(str)
    recovered = Signal()

    def __init__(
        self, *, who: str, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Start with nothing to write."""
        super().__init__(parent)
        self._who = who
        self._clock = clock
        self._log: EditLog | None = None
        self._waiting: deque[Entry] = deque()
        self._timer = QTimer(self, interval=_RETRY_MS, singleShot=True)
        self._timer.timeout.connect(self.retry)

    @property
    def pending(self) -> int:
        """How many edits are not on the disk yet."""
        return len(self._waiting)

    def pending_recordings(self) -> set[int]:
        """Recordings with edits that are not on the disk yet."""
        return {entry.recording_id for entry in self._waiting}

    def open(self, log: EditLog | None) -> None:
        """Write to another study from now on; what still waits for the old one is dropped."""
        self._waiting.clear()
        self._timer.stop()
        self._log = log

    def write(self, recording_id: int, edit: PoseEdit, action: Action) -> None:
        """Write an edit, in order behind those that wait; returns when it is durable or queued."""
        self._waiting.append(Entry(recording_id, edit, action, self._clock()))
        self._write_waiting(recovering=len(self._waiting) > 1)

    def retry(self) -> bool:
        """Try again what waits; whether everything is on the disk now."""
        if self._waiting:
            self._write_waiting(recovering=True)
        return not self._waiting

    def hand_over(self, log: EditLog) -> None:
        """Write what waits into another study; on an error (raised) all of it waits on."""
        for entry in self._waiting:
            self._append(entry, log)
        self._waiting.clear()
        self._timer.stop()

    def _write_waiting(self, *, recovering: bool) -> None:
        try:
            while self._waiting:
                self._append(self._waiting[0], self._log)
                self._waiting.popleft()
        except ShiftError as error:
            self._timer.start()
            self.failed.emit(str(error))
        else:
            self._timer.stop()
            if recovering:
                self.recovered.emit()

    def _append(self, entry: Entry, log: EditLog | None) -> None:
        if log is None:
            raise RuntimeError("an edit was made while no study was open")
        log.append_edit(
            entry.recording_id, entry.edit, action=entry.action, who=self._who, when=entry.when
        )
