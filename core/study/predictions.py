"""What models said about the recordings of a study: written once, never changed."""

import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from pydantic import JsonValue

from core.pose.pose_track import PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.skeleton import Skeleton
from core.study.checksum import Damaged, checked, checked_bytes, checksum
from core.study.database import Database
from core.study.recordings import now

_COLUMNS = "id, recording, model_name, model_hash, settings, created, finished, warnings, checksum"
_STRETCH = "a stretch of a prediction"
_CHUNKS_A_READ = 256  # so that a long load holds up a write for some milliseconds only


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
        warnings="[]",
    )
    values = (*astuple(row), checksum(astuple(row)))
    connection.execute("INSERT INTO prediction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return row.id


def finish(connection: sqlite3.Connection, prediction_id: int, warnings: list[str]) -> None:
    """Mark a prediction complete; finishing it again changes nothing."""
    row = _row(connection, prediction_id)
    if row.finished is None:
        row = replace(row, finished=now(), warnings=json.dumps(warnings, ensure_ascii=False))
        connection.execute(
            "UPDATE prediction SET finished = ?, warnings = ?, checksum = ? WHERE id = ?",
            (row.finished, row.warnings, checksum(astuple(row)), row.id),
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
    poses, outlines = chunk.encode_parts()
    sums = (zlib.crc32(poses), zlib.crc32(outlines))
    connection.execute(
        "INSERT INTO prediction_chunk VALUES (?, ?, ?, ?, ?, ?, ?)",
        (prediction_id, chunk.start, chunk.stop, *sums, poses, outlines),
    )


def listed(connection: sqlite3.Connection, recording_id: int | None = None) -> list[PredictionInfo]:
    """Predictions of a recording (or of all), oldest first."""
    query = f"SELECT {_COLUMNS} FROM prediction WHERE ?1 IS NULL OR recording = ?1 ORDER BY id"
    rows = [_sound_row(row) for row in connection.execute(query, (recording_id,)).fetchall()]
    return [row.info(_end(connection, row.id)) for row in rows]


def found(connection: sqlite3.Connection, prediction_id: int) -> PredictionInfo:
    """One prediction; raises KeyError."""
    return _row(connection, prediction_id).info(_end(connection, prediction_id))


def current(infos: list[PredictionInfo]) -> PredictionInfo | None:
    """The one to show: the newest complete one, else the newest with frames, else the newest."""
    complete = [info for info in infos if info.complete]
    begun = [info for info in infos if info.frames]
    candidates = complete or begun or infos
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
        "SELECT start, poses_checksum, poses FROM prediction_chunk"
        f" WHERE prediction = ? AND start >= ? ORDER BY start LIMIT {_CHUNKS_A_READ}"
    )
    at = 0
    with database.reader() as connection:
        while rows := connection.execute(query, (prediction_id, at)).fetchall():
            for start, stored, poses in rows:
                if start != at:
                    raise Damaged(f"frames {at} to {start} of a prediction are missing")
                at = _copy(
                    track,
                    PredictionChunk.decode_poses(checked_bytes(poses, stored, _STRETCH), skeleton),
                )
    return track


def chunk_at(
    connection: sqlite3.Connection, prediction_id: int, *, frame: int, skeleton: Skeleton
) -> PredictionChunk | None:
    """The stretch that holds a frame, silhouettes included; None if it is not predicted."""
    row = connection.execute(
        "SELECT stop, poses_checksum, outlines_checksum, poses, outlines FROM prediction_chunk"
        " WHERE prediction = ? AND start <= ? ORDER BY start DESC LIMIT 1",
        (prediction_id, frame),
    ).fetchone()
    if row is None or row[0] <= frame:
        return None
    _, poses_sum, outlines_sum, poses, outlines = row
    content = (
        checked_bytes(poses, poses_sum, _STRETCH),
        checked_bytes(outlines, outlines_sum, _STRETCH),
    )
    return PredictionChunk.decode(b"".join(content), skeleton)


def _copy(track: PoseTrack, chunk: PredictionChunk) -> int:
    """Write a stretch into the track as far as that reaches; returns where the stretch stops."""
    stop = max(chunk.start, min(chunk.stop, len(track)))
    to, length = slice(chunk.start, stop), stop - chunk.start
    track.xy[to] = chunk.track.xy[:length]
    track.confidence[to] = chunk.track.confidence[:length]
    track.visibility[to] = chunk.track.visibility[:length]
    return chunk.stop


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
