"""A study: one file that holds recordings by reference, predictions, corrections, settings."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import JsonValue

from core.geometry import Box
from core.pose.pose_edit import PoseEdit
from core.pose.pose_track import PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton, shipped_skeleton
from core.study import edit_log, predictions, recordings, relinking, study_file, thumbnails
from core.study.chunk_cache import ChunkCache
from core.study.database import Database
from core.study.edit_history import Action, EditHistory, effect
from core.study.edit_log import LoggedEdit
from core.study.lock import StudyLock, user_name
from core.study.predictions import PredictionInfo
from core.study.recordings import Recording
from core.study.settings import Settings
from core.video.fingerprint import fingerprint
from core.video.frame import VideoInfo


@dataclass(frozen=True)
class RecordingSummary:
    """What a list of recordings shows beside the name."""

    predicted_frames: int
    corrected_frames: int
    has_prediction: bool
    complete: bool


class Study:
    """An open study file. Any thread may call any method.

    A method that changes something has it on the disk when it returns. If the disk refuses, it
    raises NoSpace, nothing has changed, and the same call may be made again. Damage that shows
    only while reading raises BadStudy. Unknown ids raise KeyError.
    """

    def __init__(self, path: Path, database: Database, lock: StudyLock) -> None:
        """Use `Study.open` or `Study.create`."""
        self.path = path
        self.skeleton: Skeleton = shipped_skeleton()
        self.settings = Settings(database)
        self._database = database
        self._lock = lock
        self._histories: dict[int, EditHistory] = {}
        self._history_gate = threading.RLock()
        self._chunks = ChunkCache(database, self.skeleton)

    @staticmethod
    def create(path: Path) -> "Study":
        """Make a new study file and open it; raises BadStudy or NoSpace."""
        study_file.create(path.resolve())
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

    def close(self) -> None:
        """Give the file back; closing twice is harmless."""
        self._database.close()
        self._lock.give_back()

    def __enter__(self) -> Self:
        """Close at the end of the block."""
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """Close the study."""
        self.close()

    def copy_to(self, target: Path) -> None:
        """Write a copy that another window may open; replaces `target`. Raises NoSpace, BadStudy.

        Takes seconds for a large study: call it in a thread.
        """
        study_file.copy(self.path, target.resolve())

    # Recordings -----------------------------------------------------------------------------

    def recordings(self, *, removed: bool = False) -> list[Recording]:
        """Recordings in the order in which they came; or those that were taken off the list."""
        with self._database.reading() as connection:
            return recordings.listed(connection, self.path.parent, removed=removed)

    def recording(self, recording_id: int) -> Recording:
        """One recording, on the list or off it."""
        with self._database.reading() as connection:
            return recordings.found(connection, self.path.parent, recording_id)

    def summaries(self) -> dict[int, RecordingSummary]:
        """Status of every recording on the list, by id, without replaying edits."""
        ids = [recording.id for recording in self.recordings()]
        with self._database.reading() as connection:
            infos = predictions.listed(connection)
            corrected = edit_log.corrected_frame_counts(connection)
        return {i: _summary(i, infos, corrected.get(i, 0)) for i in ids}

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

    def thumbnail(self, recording_id: int) -> bytes | None:
        """The small picture of a recording, if one was kept."""
        with self._database.reading() as connection:
            return thumbnails.load(connection, recording_id)

    # Predictions ----------------------------------------------------------------------------

    def predictions(self, recording_id: int) -> list[PredictionInfo]:
        """All predictions of a recording, oldest first."""
        with self._database.reading() as connection:
            return predictions.listed(connection, recording_id)

    def prediction(self, prediction_id: int) -> PredictionInfo:
        """One prediction."""
        with self._database.reading() as connection:
            return predictions.found(connection, prediction_id)

    def current_prediction(self, recording_id: int) -> PredictionInfo | None:
        """The prediction to show: the newest complete one, else the newest that has frames."""
        return predictions.current(self.predictions(recording_id))

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

    def load_track(self, prediction_id: int, frame_count: int) -> PoseTrack:
        """The model's poses without corrections, in arrays that may be written to.

        Frames from `PredictionInfo.frames` on are absent. Meant for a worker thread: it reads
        over a connection of its own while other threads write.
        """
        return predictions.load_track(
            self._database, prediction_id, frame_count=frame_count, skeleton=self.skeleton
        )

    def silhouette(self, prediction_id: int, frame: int) -> Silhouette | None:
        """The infant's outline in a frame; None where there is none or it was not predicted."""
        return self._chunks.silhouette(prediction_id, frame)

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

        `who` is the login name and `when` the present if they are not given.

        Raises:
            ValueError: `edit` is not the next one to undo or redo; see EditHistory.require.
        """
        change = effect(edit, action)
        entry = LoggedEdit(action, who or user_name(), when or datetime.now(UTC), change)
        with self._history_gate:
            history = self._history(recording_id)
            history.require(edit, action)
            with self._database.writing() as connection:
                edit_log.append(connection, recording_id, entry=entry, skeleton=self.skeleton)
            history.apply(edit, action)

    def edit_log(self, recording_id: int) -> EditHistory:
        """The corrections of a recording with its undo and redo steps: the caller's own copy."""
        with self._history_gate:
            return self._history(recording_id).copy()

    def edits(self, recording_id: int) -> list[LoggedEdit]:
        """Every action on a recording since it was added, oldest first."""
        with self._database.reading() as connection:
            return edit_log.read(connection, recording_id, self.skeleton)

    def _history(self, recording_id: int) -> EditHistory:
        if recording_id not in self._histories:
            self._histories[recording_id] = edit_log.replay(self.edits(recording_id))
        return self._histories[recording_id]


def _summary(
    recording_id: int, infos: Sequence[PredictionInfo], corrected: int
) -> RecordingSummary:
    info = predictions.current([info for info in infos if info.recording_id == recording_id])
    return RecordingSummary(
        predicted_frames=info.frames if info else 0,
        corrected_frames=corrected,
        has_prediction=info is not None,
        complete=info is not None and info.complete,
    )
