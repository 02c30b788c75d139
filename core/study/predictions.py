"""What models said about the recordings of a study: written once, never changed."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from pydantic import JsonValue

from core.pose.pose_track import PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.skeleton import Skeleton
from core.study.checksum import Damaged, blob_checksum, checked, checked_blob, checksum
from core.study.database import Database
from core.study.recordings import now

_COLUMNS = (
    "id, recording, model_name, model_hash, settings, created, finished, frames, warnings, checksum"
)
_CHUNKS_A_READ = 64  # so that a long load holds up a write for some milliseconds only


@dataclass(frozen=True)
class PredictionInfo:
    """One run of a model over a recording; `frames` are stored so far, from frame 0 on."""

    id: int
    recording_id: int
    model_name: str
    model_hash: str
    settings: Mapping[str, JsonValue]
    created: datetime
    complete: bool
    warnings: tuple[str, ...]
    frames: int


@dataclass(frozen=True)
class _Row:
    """A row of the table, in the order of its columns."""

    id: int
    recording: int
    model_name: str
    model_hash: str
    settings: str
    created: str
    finished: str | None
    frames: int | None
    warnings: str

    def info(self, frames: int) -> PredictionInfo:
        return PredictionInfo(
            id=self.id,
            recording_id=self.recording,
            model_name=self.model_name,
            model_hash=self.model_hash,
            settings=json.loads(self.settings),
            created=datetime.fromisoformat(self.created),
            complete=self.finished is not None,
            warnings=tuple(json.loads(self.warnings)),
            frames=frames,
        )


def begin(
    connection: sqlite3.Connection,
    recording_id: int,
    *,
    model_name: str,
    model_hash: str,
    settings: Mapping[str, JsonValue],
) -> int:
    """Open a new prediction of a recording; returns its id."""
    (highest,) = connection.execute("SELECT coalesce(max(id), 0) FROM prediction").fetchone()
    row = _Row(
        id=int(highest) + 1,
        recording=recording_id,
        model_name=model_name,
        model_hash=model_hash,
        settings=json.dumps(dict(settings), ensure_ascii=False),
        created=now(),
        finished=None,
        frames=None,
        warnings="[]",
    )
    values = (*astuple(row), checksum(astuple(row)))
    connection.execute("INSERT INTO prediction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return row.id


def finish(connection: sqlite3.Connection, prediction_id: int, warnings: list[str]) -> None:
    """Mark a prediction complete; finishing it again changes nothing."""
    row = _row(connection, prediction_id)
    if row.finished is None:
        told = json.dumps(warnings, ensure_ascii=False)
        frames = _end(connection, prediction_id)
        row = replace(row, finished=now(), frames=frames, warnings=told)
        connection.execute(
            "UPDATE prediction SET finished = ?, frames = ?, warnings = ?, checksum = ?"
            " WHERE id = ?",
            (row.finished, row.frames, row.warnings, checksum(astuple(row)), row.id),
        )


def add_chunk(connection: sqlite3.Connection, prediction_id: int, chunk: PredictionChunk) -> None:
    """Store the next frames; a stretch that is stored already is left alone.

    Raises:
        ValueError: the stretch leaves a gap, overlaps what is stored in another cut, or comes
            after the prediction was finished.
    """
    end = _end(connection, prediction_id)
    if chunk.start < end and _is_stored(connection, prediction_id, chunk):
        return
    if chunk.start != end:
        raise ValueError(f"frames {chunk.start} to {chunk.stop} do not follow frame {end}")
    if _row(connection, prediction_id).finished is not None:
        raise ValueError(f"prediction {prediction_id} is finished and takes no more frames")
    place, parts = (prediction_id, chunk.start, chunk.stop), chunk.encode_parts()
    sums = [blob_checksum(part, place) for part in parts]
    connection.execute(
        "INSERT INTO prediction_chunk VALUES (?, ?, ?, ?, ?, ?, ?)", (*place, *sums, *parts)
    )


def listed(connection: sqlite3.Connection, recording_id: int | None = None) -> list[PredictionInfo]:
    """Predictions of a recording (or of all), oldest first."""
    query = f"SELECT {_COLUMNS} FROM prediction WHERE ?1 IS NULL OR recording = ?1 ORDER BY id"
    rows = [_sound_row(row) for row in connection.execute(query, (recording_id,)).fetchall()]
    return [_info(connection, row) for row in rows]


def found(connection: sqlite3.Connection, prediction_id: int) -> PredictionInfo:
    """One prediction; raises KeyError."""
    return _info(connection, _row(connection, prediction_id))


def current(infos: list[PredictionInfo]) -> PredictionInfo | None:
    """The one to show: the newest complete one, else that with the most frames, else the newest."""
    complete = [info for info in infos if info.complete]
    candidates = complete or sorted(infos, key=lambda info: (info.frames, info.id))
    return candidates[-1] if candidates else None


def load_track(
    database: Database, prediction_id: int, *, frame_count: int, skeleton: Skeleton
) -> PoseTrack:
    """The model's poses as arrays of `frame_count` frames that may be written to.

    Frames from `PredictionInfo.frames` on are absent. Reads over a connection of its own, a
    stretch at a time, so that another thread can write meanwhile.

    Raises:
        BadStudy: a stretch is damaged or missing.
    """
    track = PoseTrack.empty(skeleton, frame_count)
    query = (
        "SELECT start, stop, poses_checksum, poses FROM prediction_chunk"
        f" WHERE prediction = ? AND start >= ? ORDER BY start LIMIT {_CHUNKS_A_READ}"
    )
    at = 0
    with database.reader() as connection:
        end = found(connection, prediction_id).frames
        while rows := connection.execute(query, (prediction_id, at)).fetchall():
            for start, stop, stored, poses in rows:
                sound = checked_blob(poses, stored, (prediction_id, start, stop))
                at = _copy(track, at, PredictionChunk.decode_poses(sound, skeleton))
    if at < end:
        raise Damaged(f"frames {at} to {end} of a prediction are missing")
    return track


def chunk_at(
    connection: sqlite3.Connection, prediction_id: int, *, frame: int, skeleton: Skeleton
) -> PredictionChunk | None:
    """The stretch that holds a frame, silhouettes included; None if it is not predicted."""
    row = connection.execute(
        "SELECT start, stop, poses_checksum, outlines_checksum, poses, outlines"
        " FROM prediction_chunk"
        " WHERE prediction = ? AND start <= ? ORDER BY start DESC LIMIT 1",
        (prediction_id, frame),
    ).fetchone()
    if row is None or row[1] <= frame:
        if frame < _end(connection, prediction_id):
            raise Damaged(f"frame {frame} of a prediction is missing")
        return None
    start, stop, poses_sum, outlines_sum, poses, outlines = row
    place = (prediction_id, start, stop)
    parts = (checked_blob(poses, poses_sum, place), checked_blob(outlines, outlines_sum, place))
    return PredictionChunk.decode(b"".join(parts), skeleton)


def _copy(track: PoseTrack, at: int, chunk: PredictionChunk) -> int:
    """Write the stretch from `at` on as far as the track reaches; returns where it stops."""
    if chunk.start != at:
        raise Damaged(f"frames {at} to {chunk.start} of a prediction are missing")
    stop = max(at, min(chunk.stop, len(track)))
    track.xy[at:stop] = chunk.track.xy[: stop - at]
    track.confidence[at:stop] = chunk.track.confidence[: stop - at]
    track.visibility[at:stop] = chunk.track.visibility[: stop - at]
    return chunk.stop


def _info(connection: sqlite3.Connection, row: _Row) -> PredictionInfo:
    stored = _end(connection, row.id)
    if row.frames is not None and row.frames != stored:
        raise Damaged(f"frames {stored} to {row.frames} of a prediction are missing")
    return row.info(stored)


def _row(connection: sqlite3.Connection, prediction_id: int) -> _Row:
    query = f"SELECT {_COLUMNS} FROM prediction WHERE id = ?"
    row = connection.execute(query, (prediction_id,)).fetchone()
    if row is None:
        raise KeyError(f"no prediction {prediction_id} in this study")
    return _sound_row(row)


def _sound_row(row: tuple[object, ...]) -> _Row:
    return _Row(*checked(row, "a prediction"))


def _end(connection: sqlite3.Connection, prediction_id: int) -> int:
    query = "SELECT stop FROM prediction_chunk WHERE prediction = ? ORDER BY start DESC LIMIT 1"
    row = connection.execute(query, (prediction_id,)).fetchone()
    return int(row[0]) if row else 0


def _is_stored(connection: sqlite3.Connection, prediction_id: int, chunk: PredictionChunk) -> bool:
    query = "SELECT 1 FROM prediction_chunk WHERE prediction = ? AND start = ? AND stop = ?"
    return (
        connection.execute(query, (prediction_id, chunk.start, chunk.stop)).fetchone() is not None
    )
