"""The study file as a file: made, opened under a lock, brought up to date, copied."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from core.atomic_file import replacing
from core.errors import BadInput, BadStudy, NoSpace
from core.study import predictions, recordings, settings
from core.study.database import Database, connect, damaged, in_words
from core.study.lock import StudyLock
from core.study.schema import SCRIPTS, raise_version, read_version, require_tables

_CHECKED_TABLES = ("setting", "recording", "prediction", "edit")


def create(path: Path, *, replace: bool) -> None:
    """Make an empty study; with `replace` in the place of one that lies there.

    Raises:
        BadStudy: something lies there already, or the study there is open in a window.
        NoSpace: the folder cannot be written.
    """
    if replace:
        StudyLock(path).refuse_other()
    elif path.exists():
        raise BadStudy(f"{path}: there is a file of this name already; open it or choose another.")
    with replacing(path) as temporary, in_words(path):
        with closing(_blank(temporary)) as connection:
            raise_version(connection, SCRIPTS)
        _drop_journal(path)


def open_locked(
    path: Path, *, take_over: bool, scripts: Sequence[str] = SCRIPTS
) -> tuple[Database, StudyLock]:
    """Open a study for this window alone; a study of an older version is brought up to date.

    Raises:
        BadStudy: missing, broken, newer, open elsewhere, or in a place that cannot be written;
            the file is left as it was.
    """
    version = _readable_version(path, scripts)
    lock = StudyLock(path)
    try:
        _take(path, lock, take_over=take_over, scripts=scripts[:version])
        if version < len(scripts):
            _bring_up_to_date(path, lock, version=version, scripts=scripts)
    except NoSpace as error:
        raise BadStudy(f"{error} A study is opened where it can be saved.") from error
    return Database(path, may_write=lock.claim), lock


def open_for_reading(path: Path) -> Database:
    """Open a study that a window may have open, to look only.

    Raises:
        BadStudy: missing, broken, newer, or so old that a window has to open it first.
    """
    if _readable_version(path, SCRIPTS) < len(SCRIPTS):
        raise BadStudy(f"{path}: made by an older version; open it once in SHIFT Studio.")
    try:
        with in_words(path), closing(connect(path, writable=False)) as connection:
            _require_sound(connection, path, SCRIPTS)
    except NoSpace as error:
        raise BadStudy(f"{path}: cannot be read now ({error})") from error

    def refuse(_connection: sqlite3.Connection) -> None:
        raise BadStudy(f"{path}: was opened for reading only.")

    return Database(path, may_write=refuse)


def copy(database: Database, source: Path, target: Path) -> None:
    """Write a consistent copy of an open study, whose recordings are found from its new place.

    Raises:
        BadInput: source and target are one file.
        BadStudy: the target is open in a window.
        NoSpace: the target cannot be written; what lay there is untouched.
    """
    if target == source:
        raise BadInput(f"{target}: this is the open study itself; choose another name.")
    StudyLock(target).refuse_other()
    with replacing(target) as temporary, in_words(target):
        with closing(_blank(temporary)) as copied:
            database.back_up(copied)
            recordings.rebase(copied, old_folder=source.parent, new_folder=target.parent)
        _drop_journal(target)


def _readable_version(path: Path, scripts: Sequence[str]) -> int:
    version = read_version(path)
    if version < 1:
        raise damaged(path, "it has no version")
    if version > len(scripts):
        raise BadStudy(
            f"{path}: made by a newer version of SHIFT Studio (file version {version}, this"
            f" program reads up to {len(scripts)}); update the program to open it."
        )
    return version


def _take(path: Path, lock: StudyLock, *, take_over: bool, scripts: Sequence[str]) -> None:
    # Whatever a crash left half written is rolled back by SQLite at this first transaction.
    with in_words(path), closing(connect(path, writable=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        lock.take(take_over=take_over)
        try:
            _require_sound(connection, path, scripts)
            lock.look(connection)
            connection.execute("COMMIT")
        except BaseException:
            lock.give_back()
            raise


def _require_sound(connection: sqlite3.Connection, path: Path, scripts: Sequence[str]) -> None:
    """Refuse a damaged file. Poses and thumbnails are checked when read: there are gigabytes."""
    try:
        require_tables(connection, scripts)
        for table in _CHECKED_TABLES:
            (verdict,) = connection.execute(f"PRAGMA integrity_check({table})").fetchone()
            if verdict != "ok":
                raise damaged(path, verdict)
        settings.load(connection)
        recordings.listed(connection, path.parent)
        predictions.listed(connection)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            raise damaged(path, error) from error
        raise  # busy, unreachable, corrupt: `in_words` tells them apart


def _bring_up_to_date(path: Path, lock: StudyLock, *, version: int, scripts: Sequence[str]) -> None:
    """Migrate a study under its lock, which is given back if that fails."""
    try:
        _migrate(path, version, scripts)
    except BaseException:
        lock.give_back()
        raise


def _migrate(path: Path, version: int, scripts: Sequence[str]) -> None:
    """Migrate a copy and put it in the study's place; the study as it was stays beside it."""
    kept = path.with_name(f"{path.stem} (version {version}){path.suffix}")
    with replacing(kept) as temporary, in_words(kept), closing(_blank(temporary)) as connection:
        _back_up(path, connection)
    with replacing(path) as temporary, in_words(path), closing(_blank(temporary)) as connection:
        _back_up(path, connection)
        raise_version(connection, scripts)


def _back_up(source: Path, target: sqlite3.Connection) -> None:
    with closing(connect(source, writable=False)) as connection:
        connection.backup(target)


def _blank(temporary: Path) -> sqlite3.Connection:
    """A connection to a file that nobody else sees, so it needs neither journal nor sync."""
    connection = sqlite3.connect(temporary, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _drop_journal(path: Path) -> None:
    """A journal left by a crash belongs to the file before; SQLite would apply it to the new."""
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
