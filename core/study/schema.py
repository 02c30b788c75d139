"""The tables of a study file: their versions, and how a file of this program is recognised."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from core.errors import BadStudy
from core.study.checksum import Damaged
from core.study.database import connect_untouching, damaged

APPLICATION_ID = 0x53484654  # "SHFT", at byte 68 of the file

_VERSION_1 = """
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;

CREATE TABLE recording (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    relative_path TEXT,
    absolute_path TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    frame_count INTEGER NOT NULL,
    duration REAL NOT NULL,
    roi TEXT,
    added TEXT NOT NULL,
    removed TEXT,
    checksum INTEGER NOT NULL
) STRICT;

CREATE TABLE timing (
    recording INTEGER PRIMARY KEY REFERENCES recording (id),
    times BLOB NOT NULL,
    file_names TEXT,
    checksum INTEGER NOT NULL
) STRICT;

CREATE TABLE thumbnail (
    recording INTEGER PRIMARY KEY REFERENCES recording (id),
    image BLOB NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;

CREATE TABLE prediction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recording INTEGER NOT NULL REFERENCES recording (id),
    model_name TEXT NOT NULL,
    model_hash TEXT NOT NULL,
    settings TEXT NOT NULL,
    created TEXT NOT NULL,
    finished TEXT,
    frames INTEGER,
    warnings TEXT NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX prediction_of_recording ON prediction (recording, id);

-- Poses come before outlines, so that reading poses never touches the pages of the outlines.
CREATE TABLE prediction_chunk (
    prediction INTEGER NOT NULL REFERENCES prediction (id),
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    poses_checksum INTEGER NOT NULL,
    outlines_checksum INTEGER NOT NULL,
    poses BLOB NOT NULL,
    outlines BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX span_of_chunk ON prediction_chunk (prediction, start, stop);

CREATE TABLE edit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recording INTEGER NOT NULL REFERENCES recording (id),
    action TEXT NOT NULL CHECK (action IN ('do', 'undo', 'redo', 'amend')),
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    corrected_frames INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX edit_of_recording ON edit (recording, id);

CREATE TRIGGER prediction_is_kept BEFORE DELETE ON prediction
BEGIN SELECT RAISE(ABORT, 'predictions are immutable'); END;
CREATE TRIGGER prediction_only_finishes BEFORE UPDATE ON prediction
WHEN OLD.finished IS NOT NULL OR NEW.finished IS NULL OR NEW.id <> OLD.id
    OR NEW.recording <> OLD.recording OR NEW.model_name <> OLD.model_name
    OR NEW.model_hash <> OLD.model_hash OR NEW.settings <> OLD.settings
    OR NEW.created <> OLD.created
BEGIN SELECT RAISE(ABORT, 'predictions are immutable'); END;
CREATE TRIGGER chunk_is_kept BEFORE DELETE ON prediction_chunk
BEGIN SELECT RAISE(ABORT, 'predictions are immutable'); END;
CREATE TRIGGER chunk_stays BEFORE UPDATE ON prediction_chunk
BEGIN SELECT RAISE(ABORT, 'predictions are immutable'); END;
CREATE TRIGGER chunk_before_finish BEFORE INSERT ON prediction_chunk
WHEN (SELECT finished FROM prediction WHERE id = NEW.prediction) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a finished prediction takes no more frames'); END;
CREATE TRIGGER edit_is_kept BEFORE DELETE ON edit
BEGIN SELECT RAISE(ABORT, 'edits are only appended'); END;
CREATE TRIGGER edit_stays BEFORE UPDATE ON edit
BEGIN SELECT RAISE(ABORT, 'edits are only appended'); END;
"""

# Script n makes version n + 1 out of version n; a new study runs through all of them.
SCRIPTS: tuple[str, ...] = (_VERSION_1,)


def raise_version(connection: sqlite3.Connection, scripts: Sequence[str]) -> None:
    """Bring an open database to version `len(scripts)`, in one transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    pending = "".join(scripts[version:])
    connection.executescript(
        f"BEGIN IMMEDIATE; {pending}"
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {len(scripts)}; COMMIT;"
    )


def read_version(path: Path) -> int:
    """The schema version of a study file, without touching it or what lies beside it.

    Raises:
        BadStudy: missing, unreadable, empty, no database, or a database of another program.
    """
    if not path.exists():
        raise BadStudy(f"{path}: there is no such study file.")
    if path.is_file() and path.stat().st_size == 0:
        raise BadStudy(f"{path}: the file is empty; it never was a study, or a copy broke off.")
    try:
        with closing(connect_untouching(path)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError as error:
        raise BadStudy(f"{path}: cannot be read; look at its permissions.") from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise BadStudy(f"{path}: not a study file of SHIFT Studio.") from error
        raise damaged(path, error) from error
    if application != APPLICATION_ID:
        raise BadStudy(f"{path}: a database of another program, not a study of SHIFT Studio.")
    return int(version)


def require_tables(connection: sqlite3.Connection, scripts: Sequence[str]) -> None:
    """Refuse a file whose tables, indexes and triggers are not exactly ours (Damaged)."""
    reference = sqlite3.connect(":memory:", isolation_level=None)
    try:
        raise_version(reference, scripts)
        if _objects(connection) != _objects(reference):
            raise Damaged("its tables are not those of this version")
    finally:
        reference.close()


def _objects(connection: sqlite3.Connection) -> list[tuple[str, str, str | None]]:
    return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
