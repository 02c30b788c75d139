"""A study as one reads it: recordings by reference, predictions, corrections, settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.pose.pose_track import PoseTrack
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton, shipped_skeleton
from core.study import edit_log, predictions, recordings, thumbnails, timing
from core.study.chunk_cache import ChunkCache
from core.study.database import Database
from core.study.edit_history import EditHistory
from core.study.edit_log import LoggedEdit
from core.study.predictions import PredictionInfo
from core.study.recordings import Recording
from core.study.settings import Settings
from core.video.fingerprint import fingerprint


@dataclass(frozen=True)
class RecordingSummary:
    """What a list of recordings shows beside the name."""

    predicted_frames: int
    corrected_frames: int
    has_prediction: bool
    complete: bool


class StudyReader:
    """A study to look at. Any thread may call any method.

    Damage that shows only while reading raises BadStudy; unknown ids raise KeyError.
    """

    def __init__(self, path: Path, database: Database) -> None:
        """Use `Study.read`."""
        self.path = path
        self.skeleton: Skeleton = shipped_skeleton()
        self.settings = Settings(database)
        self._database = database
        self._chunks = ChunkCache(database, self.skeleton)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._database.close()

    def __enter__(self) -> Self:
        """Close at the end of the block."""
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """Close the study."""
        self.close()

    def recordings(self, *, removed: bool = False) -> list[Recording]:
        """Recordings in the order in which they came; or those that were taken off the list."""
        with self._database.reading() as connection:
            return recordings.listed(connection, self.path.parent, removed=removed)

    def has_changed(self, recording_id: int) -> bool:
        """Whether what lies at a recording's path is not what was added; raises BadVideo.

        Reads some of the file: call it in a thread.
        """
        known = self.recording(recording_id)
        return fingerprint(known.path) != known.fingerprint

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

    def times(self, recording_id: int) -> NDArray[np.float64]:
        """True presentation seconds of each frame (T,), known also while the video is missing."""
        with self._database.reading() as connection:
            return timing.load_times(connection, recording_id)

    def file_names(self, recording_id: int) -> tuple[str, ...] | None:
        """The name of each frame's file if the recording is a folder of images."""
        with self._database.reading() as connection:
            return timing.load_file_names(connection, recording_id)

    def thumbnail(self, recording_id: int) -> bytes | None:
        """The small picture of a recording, if one was kept."""
        with self._database.reading() as connection:
            return thumbnails.load(connection, recording_id)

    def predictions(self, recording_id: int) -> list[PredictionInfo]:
        """All predictions of a recording, oldest first."""
        with self._database.reading() as connection:
            return predictions.listed(connection, recording_id)

    def prediction(self, prediction_id: int) -> PredictionInfo:
        """One prediction."""
        with self._database.reading() as connection:
            return predictions.found(connection, prediction_id)

    def current_prediction(self, recording_id: int) -> PredictionInfo | None:
        """The prediction to show: the newest complete one, else that with the most frames."""
        return predictions.current(self.predictions(recording_id))

    def current_predictions(self) -> dict[int, PredictionInfo]:
        """What is shown of each recording on the list that has a prediction, by its id."""
        of_each: dict[int, list[PredictionInfo]] = {one.id: [] for one in self.recordings()}
        with self._database.reading() as connection:
            for info in predictions.listed(connection):
                of_each.get(info.recording_id, []).append(info)
        found = {i: predictions.current(infos) for i, infos in of_each.items()}
        return {i: info for i, info in found.items() if info is not None}

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

    def edit_log(self, recording_id: int) -> EditHistory:
        """The corrections of a recording with its undo and redo steps: the caller's own copy."""
        return edit_log.replay(self.edits(recording_id))

    def edits(self, recording_id: int) -> list[LoggedEdit]:
        """Every action on a recording since it was added, oldest first."""
        return edit_log.read(self._database, recording_id, self.skeleton)


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
