"""One SQLite file shared by the threads of one window: transactions, and errors in words."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from core.errors import BadStudy, NoSpace
from core.study.checksum import Damaged

_BUSY_SECONDS = 5.0
_PAGES_A_STEP = 2048  # of a copy: some milliseconds
_PAUSE_SECONDS = 0.001  # without it the copying thread takes the lock again before one that waits
_UNWRITTEN = {
    sqlite3.SQLITE_FULL: "the disk is full; make room and try again",
    sqlite3.SQLITE_READONLY: "the file or its folder is read-only",
    sqlite3.SQLITE_PERM: "the file or its folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "the file or its folder cannot be reached or written",
    sqlite3.SQLITE_IOERR: "the disk reported an error; check it and try again",
    sqlite3.SQLITE_BUSY: "another program is using the file; try again",
    sqlite3.SQLITE_LOCKED: "another program is using the file; try again",
    sqlite3.SQLITE_NOMEM: "the memory is full; close something and try again",
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_TOOBIG}


class Database:
    """A connection for all threads behind a lock, and read connections for long loads.

    Every write is one transaction: on return it is on the disk, on an error nothing happened.
    """

    def __init__(self, path: Path, may_write: Callable[[sqlite3.Connection], None]) -> None:
        """Connect on first use; `may_write` is asked inside every transaction, and may raise."""
        self._path = path
        self._may_write = may_write
        self._gate = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._is_closed = False

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """One transaction: committed durably at the end, or undone by any exception.

        Raises:
            NoSpace: the disk refused; the same call may be made again.
            BadStudy: the file is damaged, or another window took it over.
        """
        with self._gate, in_words(self._path):
            try:
                connection = self._connected()
                connection.execute("BEGIN IMMEDIATE")
                self._may_write(connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                self._disconnect()
                raise

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """The shared connection, for short reads."""
        with self._gate, in_words(self._path):
            yield self._connected()

    @contextmanager
    def reader(self) -> Generator[sqlite3.Connection]:
        """A read connection of its own, for long loads in another thread."""
        with in_words(self._path):
            self._require_open()
            connection = connect(self._path, writable=False)
            try:
                yield connection
            finally:
                connection.close()

    def back_up(self, target: sqlite3.Connection) -> None:
        """Copy everything into another database, a step at a time, so that others can go on.

        Over the shared connection: SQLite carries its later writes into the copy, while a write
        over another connection makes a copy start again, and under steady writes never end.
        Errors are SQLite's own, because they may be about either file.
        """

        def let_others_in(*_: int) -> None:
            self._gate.release()
            time.sleep(_PAUSE_SECONDS)
            self._gate.acquire()

        with self._gate:
            self._connected().backup(target, pages=_PAGES_A_STEP, progress=let_others_in)

    def close(self) -> None:
        """Let go of the file for good; threads that still use it are told (BadStudy)."""
        with self._gate:
            self._is_closed = True
            self._disconnect()

    def _connected(self) -> sqlite3.Connection:
        self._require_open()
        self._require_same_file()
        if self._connection is None:
            self._connection = connect(self._path, writable=True)
        return self._connection

    def _require_open(self) -> None:
        if self._is_closed:
            raise BadStudy(f"{self._path}: the study was closed.")

    def _require_same_file(self) -> None:
        # A program that synchronises folders may put another file in the place of this one. The
        # open handle would then write into a file that nobody can find any more.
        try:
            found = self._path.stat()
        except OSError as error:
            raise NoSpace(
                f"{self._path}: could not be reached; put it back or connect its drive, and try"
                " again."
            ) from error
        identity = (found.st_dev, found.st_ino)
        if self._identity not in (None, identity):
            raise BadStudy(
                f"{self._path}: another program has replaced the file; open it again to go on."
            )
        self._identity = identity

    def _disconnect(self) -> None:
        # After a failed write the handle may be stale (a network drive that went away), so the
        # next call connects anew, and SQLite then rolls back whatever the failure left.
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.rollback()
            self._connection.close()
            self._connection = None


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """Open an existing SQLite file with the durability that a study promises.

    Never mode=ro: a reader too must be able to roll back what a crash left half written, and where
    the file is read-only SQLite falls back to that by itself. rw does not make a missing file.
    """
    connection = sqlite3.connect(
        f"{_uri(path)}?mode=rw",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _set_up(connection, writable=writable)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_untouching(path: Path) -> sqlite3.Connection:
    """Look at a SQLite file that may be foreign: no lock, no recovery, no file beside it.

    Not by reading its first bytes: on POSIX, closing any other handle of a file drops the locks
    that SQLite holds on it in this process.
    """
    connection = sqlite3.connect(f"{_uri(path)}?mode=ro&immutable=1", uri=True)
    # Or else a file that a killed window left shorter than its first page says, which opening it
    # properly mends, would pass for damaged.
    connection.execute("PRAGMA writable_schema = ON")
    return connection


def _set_up(connection: sqlite3.Connection, *, writable: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    if not writable:
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute("PRAGMA journal_mode = DELETE")
        # FULL, and the folder is synced too once the journal is gone: without that a power cut
        # may bring the journal back and undo an acknowledged edit.
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone stops at the drive's cache


def _uri(path: Path) -> str:
    # Not Path.as_uri: it names a network share in a way that SQLite does not take.
    name = path.absolute().as_posix()
    return f"file://{quote(os.fsencode(name if name.startswith('/') else f'/{name}'))}"


@contextmanager
def in_words(path: Path) -> Generator[None]:
    """Turn errors about this file into NoSpace or BadStudy; leave our own faults alone."""
    try:
        yield
    except sqlite3.Error as error:
        # The module's own errors carry no code: here, text that is not UTF-8.
        full_code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        code = full_code & 0xFF
        if full_code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
            raise KeyError(f"{path}: refers to something that the study does not have") from error
        if code in _UNWRITTEN:
            raise NoSpace(f"{path}: could not be read or saved, {_UNWRITTEN[code]}.") from error
        if code in _DAMAGED:
            raise damaged(path, error) from error
        raise
    except (Damaged, UnicodeDecodeError) as error:  # SQLite quotes damaged names in its messages
        raise damaged(path, error) from error


def damaged(path: Path, reason: object) -> BadStudy:
    """The error of a file that is not as it was written."""
    return BadStudy(f"{path}: the study file is damaged ({reason}); go back to a copy of it.")
