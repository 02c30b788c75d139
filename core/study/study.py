"""A study: one file that holds recordings by reference, predictions, corrections, settings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue

from core.errors import BadStudy, NoSpace
from core.geometry import Box
from core.pose.pose_edit import PoseEdit
from core.pose.prediction_chunk import PredictionChunk
from core.study import predictions, recordings, relinking, study_file, thumbnails
from core.study.database import Database
from core.study.edit_history import Action, EditHistory
from core.study.live_histories import LiveHistories
from core.study.lock import StudyLock
from core.study.recordings import Recording
from core.study.study_reader import StudyReader
from core.video.fingerprint import fingerprint
from core.video.frame import VideoInfo


class Study(StudyReader):
    """An open study file. Any thread may call any method.

    A method that changes something has it on the disk when it returns. If the disk refuses, it
    raises NoSpace, nothing has changed, and the same call may be made again. Damage that shows
    only while reading raises BadStudy. Unknown ids raise KeyError.
    """

    def __init__(self, path: Path, database: Database, lock: StudyLock) -> None:
        """Use `Study.open` or `Study.create`."""
        super().__init__(path, database)
        self._lock = lock
        self._histories = LiveHistories(database, self.skeleton)

    @staticmethod
    def create(path: Path, *, replace: bool = False) -> "Study":
        """Make a new study file and open it; raises BadStudy or NoSpace.

        `replace` makes it in the place of one that lies there, unless a window has that open.
        """
        study_file.create(path.resolve(), replace=replace)
        return Study.open(path)

    @staticmethod
    def open(path: Path, *, take_over: bool = False) -> "Study":
        """Open a study for this window alone.

        `take_over` ends the claim of another window that holds the lock; that window then cannot
        save any more, and says so.

        Raises:
            BadStudy: missing, broken, newer, open elsewhere, or where nothing can be saved; the
                file is left untouched.
        """
        path = path.resolve()
        database, lock = study_file.open_locked(path, take_over=take_over)
        return Study(path, database, lock)

    @staticmethod
    def read(path: Path) -> StudyReader:
        """Look at a study, also while a window has it open; raises BadStudy."""
        path = path.resolve()
        return StudyReader(path, study_file.open_for_reading(path))

    @property
    def is_lost(self) -> bool:
        """Whether this can save no more: taken over since, or another file lies in its place."""
        try:
            with self._database.reading() as connection:
                self._lock.check(connection)
        except BadStudy:
            return True
        except NoSpace:  # a drive that went away may come back
            return False
        return False

    @property
    def is_held(self) -> bool:
        """Whether the lock file beside it is this one's."""
        return self._lock.is_held

    def close(self) -> None:
        """Give the file back; closing twice is harmless."""
        super().close()
        self._lock.give_back()

    def copy_to(self, target: Path) -> None:
        """Write a copy that another window may open; replaces `target`. Raises NoSpace, BadStudy.

        Takes seconds for a large study: call it in a thread.
        """
        study_file.copy(self._database, self.path, target.resolve())

    # Recordings -----------------------------------------------------------------------------

    def add_recording(self, path: Path, info: VideoInfo) -> Recording:
        """Refer to a recording; one that is there already is returned, one taken off comes back.

        Raises:
            BadInput: the file cannot be read or named.
            NoSpace: nothing was added.
        """
        path = path.resolve()
        mark = fingerprint(path)
        with self._database.writing() as connection:
            new = recordings.add(
                connection, self.path.parent, info=info, path=path, fingerprint=mark
            )
            return recordings.found(connection, self.path.parent, new)

    def remove_recording(self, recording_id: int) -> None:
        """Take a recording off the list; predictions and edits stay for `restore_recording`."""
        with self._database.writing() as connection:
            recordings.remove(connection, recording_id)

    def restore_recording(self, recording_id: int) -> None:
        """Put a recording that was taken off back on the list, with all that belongs to it."""
        with self._database.writing() as connection:
            recordings.restore(connection, recording_id)

    def set_roi(self, recording_id: int, roi: Box | None) -> None:
        """Keep the user's box about the infant (frame pixels), or none."""
        with self._database.writing() as connection:
            recordings.set_roi(connection, recording_id, roi)

    def relink(self, recording_id: int, path: Path) -> Recording:
        """Say where a moved recording lies now; raises BadInput if that is another recording."""
        return relinking.relink(self._database, self.path.parent, recording_id, path.resolve())

    def relink_folder(self, folder: Path) -> list[Recording]:
        """Look for all missing recordings in a folder and below it; returns those found."""
        return relinking.relink_folder(self._database, self.path.parent, folder.resolve())

    def set_thumbnail(self, recording_id: int, image: bytes) -> None:
        """Keep a small encoded picture (JPEG or PNG) of a recording."""
        with self._database.writing() as connection:
            thumbnails.save(connection, recording_id, image)

    # Predictions ----------------------------------------------------------------------------

    def begin_prediction(
        self,
        recording_id: int,
        model_name: str,
        model_hash: str,
        settings: Mapping[str, JsonValue],
    ) -> int:
        """Open a new prediction of a recording; returns its id."""
        with self._database.writing() as connection:
            return predictions.begin(
                connection,
                recording_id,
                model_name=model_name,
                model_hash=model_hash,
                settings=settings,
            )

    def add_chunk(self, prediction_id: int, chunk: PredictionChunk) -> None:
        """Store the next frames of a prediction; storing the same stretch again does nothing.

        Raises:
            ValueError: the stretch does not follow what is stored.
        """
        with self._database.writing() as connection:
            predictions.add_chunk(connection, prediction_id, chunk)

    def finish_prediction(self, prediction_id: int, warnings: Sequence[str] = ()) -> None:
        """Mark a prediction complete: from now on it takes no more frames."""
        with self._database.writing() as connection:
            predictions.finish(connection, prediction_id, list(warnings))

    # Corrections ----------------------------------------------------------------------------

    def append_edit(
        self,
        recording_id: int,
        edit: PoseEdit,
        *,
        action: Action = "do",
        who: str | None = None,
        when: datetime | None = None,
    ) -> None:
        """Log one gesture, or its undo or redo (`edit` is then the gesture as first done).

        `who` is the login name and `when` the present if they are not given. A caller that may
        have to make the call again gives `when`: then it can never be logged twice.

        Raises:
            ValueError: `edit` is not the next one to undo or redo; see EditHistory.require.
        """
        self._histories.append(recording_id, edit, action=action, who=who, when=when)

    def edit_log(self, recording_id: int) -> EditHistory:
        """The corrections of a recording with its undo and redo steps: the caller's own copy."""
        return self._histories.copy(recording_id)
