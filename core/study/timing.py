"""When each frame of a recording is shown, kept so that a table can leave without the video."""

import json
import sqlite3
import zlib

import numpy as np
from numpy.typing import NDArray

from core.study.checksum import Damaged, checked, checksum
from core.video.frame import VideoInfo

_NANOSECOND = 1e-9  # whole numbers of it: their differences repeat, so a clip packs to little


def save(connection: sqlite3.Connection, recording_id: int, info: VideoInfo) -> None:
    """Keep the times and, of a folder of images, the names of the frames."""
    steps = np.diff(np.round(info.times / _NANOSECOND).astype("<i8"), prepend=np.int64(0))
    names = None if info.file_names is None else json.dumps(info.file_names, ensure_ascii=False)
    row = (recording_id, zlib.compress(steps.tobytes(), 1), names)
    connection.execute("INSERT INTO timing VALUES (?, ?, ?, ?)", (*row, checksum(row)))


def load_times(connection: sqlite3.Connection, recording_id: int) -> NDArray[np.float64]:
    """True presentation seconds (T,), to the nanosecond; raises KeyError, Damaged."""
    steps = np.frombuffer(zlib.decompress(_row(connection, recording_id)[1]), "<i8")
    return np.cumsum(steps) * _NANOSECOND


def load_file_names(connection: sqlite3.Connection, recording_id: int) -> tuple[str, ...] | None:
    """Name of each frame's file, or None for a video; raises KeyError, Damaged."""
    names = _row(connection, recording_id)[2]
    return None if names is None else tuple(json.loads(names))


def _row(connection: sqlite3.Connection, recording_id: int) -> tuple[int, bytes, str | None]:
    query = "SELECT recording, times, file_names, checksum FROM timing WHERE recording = ?"
    row = connection.execute(query, (recording_id,)).fetchone()
    if row is None:
        known = connection.execute("SELECT 1 FROM recording WHERE id = ?", (recording_id,))
        if known.fetchone():
            raise Damaged("the times of a recording are missing")
        raise KeyError(f"no recording {recording_id} in this study")
    recording, times, names = checked(row, "the times of a recording")
    return recording, times, names
