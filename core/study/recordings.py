"""The recordings of a study: where each one lies, how it is told from others, what it is."""

import json
import os
import sqlite3
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path, PurePosixPath

from core.errors import BadInput
from core.geometry import Box
from core.study import timing
from core.study.checksum import checked, checksum
from core.video.frame import VideoInfo

_COLUMNS = (
    "id, name, relative_path, absolute_path, fingerprint, width, height, frame_count, duration,"
    " roi, added, removed"
)


@dataclass(frozen=True)
class Recording:
    """One video or folder of images that a study refers to.

    Attributes:
        id: never given twice in one study.
        name: unique in the study; the stem of its results.
        path: where it lies now, or was last seen if `is_missing`.
        fingerprint: tells its content from that of other files.
        width: pixels across as displayed.
        height: pixels down as displayed.
        frame_count: how many frames it has.
        duration: seconds.
        roi: where the infant is, drawn by the user, in frame pixels.
        added: when it came into the study, UTC.
        is_missing: whether nothing lies at `path`.
    """

    id: int
    name: str
    path: Path
    fingerprint: str
    width: int
    height: int
    frame_count: int
    duration: float
    roi: Box | None
    added: datetime
    is_missing: bool


@dataclass(frozen=True)
class _Row:
    """A row of the table, in the order of its columns."""

    id: int
    name: str
    relative_path: str | None
    absolute_path: str
    fingerprint: str
    width: int
    height: int
    frame_count: int
    duration: float
    roi: str | None
    added: str
    removed: str | None

    def recording(self, folder: Path) -> Recording:
        path = _resolved(self, folder)
        return Recording(
            id=self.id,
            name=self.name,
            path=path,
            fingerprint=self.fingerprint,
            width=self.width,
            height=self.height,
            frame_count=self.frame_count,
            duration=self.duration,
            roi=Box(*json.loads(self.roi)) if self.roi else None,
            added=datetime.fromisoformat(self.added),
            is_missing=not path.exists(),
        )


def listed(
    connection: sqlite3.Connection, folder: Path, *, removed: bool = False
) -> list[Recording]:
    """Recordings in the order in which they came: those in the list, or those taken off it."""
    rows = [row for row in _rows(connection) if (row.removed is not None) == removed]
    return [row.recording(folder) for row in rows]


def found(connection: sqlite3.Connection, folder: Path, recording_id: int) -> Recording:
    """One recording, removed or not; raises KeyError."""
    return _row(connection, recording_id).recording(folder)


def add(
    connection: sqlite3.Connection, folder: Path, *, info: VideoInfo, path: Path, fingerprint: str
) -> int:
    """Take a recording in; one that was known is put back in the list, with all that belongs to it.

    Known is what lies where it was, or what was moved: the same content, gone from the old place.

    Raises:
        BadInput: its name cannot be kept as text.
    """
    _require_text(path)
    rows = _rows(connection)
    places = {row.id: _resolved(row, folder) for row in rows if row.fingerprint == fingerprint}
    here = [row for row in rows if places.get(row.id) == path]
    moved = [row for row in rows if row.id in places and not places[row.id].exists()]
    for row in (*here, *moved):
        _write(connection, replace(row, removed=None))
        move(connection, folder, recording_id=row.id, path=path)
        return row.id
    row = _Row(
        id=_next_id(connection),
        name=_free_name(path, {row.name for row in rows}),
        relative_path=_relative(path, folder),
        absolute_path=str(path),
        fingerprint=fingerprint,
        width=info.width,
        height=info.height,
        frame_count=info.frame_count,
        duration=float(info.duration),
        roi=None,
        added=now(),
        removed=None,
    )
    marks = ", ".join("?" * 13)
    values = (*astuple(row), checksum(astuple(row)))
    connection.execute(f"INSERT INTO recording VALUES ({marks})", values)
    timing.save(connection, row.id, info)
    return row.id


def remove(connection: sqlite3.Connection, recording_id: int) -> None:
    """Take a recording off the list; its predictions and edits stay in the file."""
    _write(connection, replace(_row(connection, recording_id), removed=now()))


def restore(connection: sqlite3.Connection, recording_id: int) -> None:
    """Put a removed recording back in the list."""
    _write(connection, replace(_row(connection, recording_id), removed=None))


def set_roi(connection: sqlite3.Connection, recording_id: int, roi: Box | None) -> None:
    """Keep the user's box about the infant, or none."""
    text = json.dumps(astuple(roi)) if roi else None
    _write(connection, replace(_row(connection, recording_id), roi=text))


def move(connection: sqlite3.Connection, folder: Path, *, recording_id: int, path: Path) -> None:
    """Say where a recording lies now."""
    _require_text(path)
    row = _row(connection, recording_id)
    _write(connection, replace(row, relative_path=_relative(path, folder), absolute_path=str(path)))


def rebase(connection: sqlite3.Connection, *, old_folder: Path, new_folder: Path) -> None:
    """Make relative paths fit a study file that is copied to another folder."""
    for row in _rows(connection):
        path = _resolved(row, old_folder)
        _write(
            connection,
            replace(row, relative_path=_relative(path, new_folder), absolute_path=str(path)),
        )


def now() -> str:
    """The time as it is stored: UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _rows(connection: sqlite3.Connection) -> list[_Row]:
    rows = connection.execute(f"SELECT {_COLUMNS}, checksum FROM recording ORDER BY id").fetchall()
    return [_Row(*checked(row, "a recording")) for row in rows]


def _row(connection: sqlite3.Connection, recording_id: int) -> _Row:
    query = f"SELECT {_COLUMNS}, checksum FROM recording WHERE id = ?"
    row = connection.execute(query, (recording_id,)).fetchone()
    if row is None:
        raise KeyError(f"no recording {recording_id} in this study")
    return _Row(*checked(row, "a recording"))


def _write(connection: sqlite3.Connection, row: _Row) -> None:
    connection.execute(
        "UPDATE recording SET name = ?, relative_path = ?, absolute_path = ?, fingerprint = ?,"
        " width = ?, height = ?, frame_count = ?, duration = ?, roi = ?, added = ?, removed = ?,"
        " checksum = ? WHERE id = ?",
        (*astuple(row)[1:], checksum(astuple(row)), row.id),
    )


def _next_id(connection: sqlite3.Connection) -> int:
    (highest,) = connection.execute("SELECT coalesce(max(id), 0) FROM recording").fetchone()
    return int(highest) + 1


def _resolved(row: _Row, folder: Path) -> Path:
    """The place relative to the study first: study and videos are often moved together."""
    absolute = Path(row.absolute_path)
    if row.relative_path is not None:
        beside = Path(os.path.normpath(folder / PurePosixPath(row.relative_path)))
        if beside.exists() or not absolute.exists():
            return beside
    return absolute


def _relative(path: Path, folder: Path) -> str | None:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive
        return None


def _free_name(path: Path, names: set[str]) -> str:
    """Also unlike the others where case does not count: results are files of this name."""
    taken = {name.casefold() for name in names}
    plain = path.name if path.is_dir() else path.stem  # a folder has no ending
    longer = f"{path.parent.name}_{plain}"
    tries = chain((plain, longer), (f"{longer}_{number}" for number in count(2)))
    return next(name for name in tries if name.casefold() not in taken)


def _require_text(path: Path) -> None:
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as error:
        shown = str(path).encode("utf-8", "replace").decode("utf-8")
        raise BadInput(
            f"{shown}: its name is not valid text; rename it and add it again."
        ) from error
