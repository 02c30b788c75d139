"""The edit histories of recordings under correction, kept in step with the log in the file."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from core.pose.pose_edit import PoseEdit
from core.pose.skeleton import Skeleton
from core.study import edit_log
from core.study.database import Database
from core.study.edit_history import Action, EditHistory, effect
from core.study.edit_log import LoggedEdit
from core.study.lock import user_name


@dataclass
class _Live:
    """A history in memory, and the entry of the log that it has followed last."""

    history: EditHistory
    newest: LoggedEdit | None
    is_sure: bool = True


class LiveHistories:
    """Appends edits to the log; nothing reaches it that could not be replayed."""

    def __init__(self, database: Database, skeleton: Skeleton) -> None:
        """Start without any history in memory."""
        self._database = database
        self._skeleton = skeleton
        self._gate = threading.RLock()
        self._live: dict[int, _Live] = {}

    def copy(self, recording_id: int) -> EditHistory:
        """The history of a recording, for the caller alone."""
        with self._gate:
            return self._of(recording_id).history.copy()

    def append(
        self,
        recording_id: int,
        edit: PoseEdit,
        *,
        action: Action,
        who: str | None,
        when: datetime | None,
    ) -> None:
        """Log an action; one that is the newest entry already, `when` included, is not repeated."""
        with self._gate:
            live = self._of(recording_id)
            entry = LoggedEdit(
                action=action,
                who=who or user_name(),
                when=when or datetime.now(UTC),
                change=effect(edit, action),
                corrected_frames=live.history.corrected_frames_after(edit, action),
            )
            if entry != live.newest:
                self._write(recording_id, entry, live)
                live.history.apply(edit, action)
                live.newest = entry

    def _write(self, recording_id: int, entry: LoggedEdit, live: _Live) -> None:
        # A write that failed in its last step may have reached the disk all the same.
        live.is_sure = False
        with self._database.writing() as connection:
            # Only now: a window that was pushed aside is told so, not that its edit does not fit.
            live.history.require(entry.edit, entry.action)
            edit_log.append(connection, recording_id, entry=entry, skeleton=self._skeleton)
        live.is_sure = True

    def _of(self, recording_id: int) -> _Live:
        live = self._live.get(recording_id)
        if live is None or not (live.is_sure or self._is_newest(recording_id, live.newest)):
            entries = edit_log.read(self._database, recording_id, self._skeleton)
            live = _Live(edit_log.replay(entries), entries[-1] if entries else None)
            self._live[recording_id] = live
        return live

    def _is_newest(self, recording_id: int, entry: LoggedEdit | None) -> bool:
        with self._database.reading() as connection:
            return edit_log.newest(connection, recording_id, self._skeleton) == entry
