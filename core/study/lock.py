"""Who has a study open: a small file beside it, so that two windows never write at once."""

import getpass
import os
import platform
import sqlite3
import uuid
from datetime import UTC, datetime
from pathlib import Path

import psutil
from pydantic import BaseModel, ConfigDict, ValidationError

from core.atomic_file import write_text
from core.errors import BadStudy, StudyInUse
from core.study import settings

_TOKEN = "owner"  # name of a setting in the study
_START_TOLERANCE_SECONDS = 2.0  # the clock may be set between two looks at one process


class Owner(BaseModel):
    """The window that has a study open."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    machine: str
    pid: int
    started: float
    since: datetime
    token: str

    @staticmethod
    def of_this_process() -> "Owner":
        """This process, with a token that no other opening of a study shares."""
        return Owner(
            who=user_name(),
            machine=platform.node(),
            pid=os.getpid(),
            started=psutil.Process().create_time(),
            since=datetime.now(UTC),
            token=uuid.uuid4().hex,
        )

    @property
    def is_gone(self) -> bool:
        """Whether the process ran on this machine and has ended."""
        if self.machine != platform.node():
            return False
        try:
            process = psutil.Process(self.pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return True
            return abs(process.create_time() - self.started) > _START_TOLERANCE_SECONDS
        except psutil.NoSuchProcess:
            return True
        except psutil.AccessDenied:
            return False

    @property
    def words(self) -> str:
        """The owner in a sentence."""
        since = self.since.astimezone().strftime("%Y-%m-%d %H:%M")
        return f"{self.who} on {self.machine} since {since} (process {self.pid})"


def user_name() -> str:
    """The login name of the person at the screen, or "unknown" where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


class StudyLock:
    """The lock file of one study, and the owner's token inside the study.

    The file tells others who is there. The token comes with an opening's first write; by it a
    window knows that another has written meanwhile, also when that has closed the study again and
    no file is left. Take and check both only inside a transaction on the study: SQLite's own lock
    then puts two windows in line, so that none can slip in between another's look and its claim.
    """

    def __init__(self, study: Path) -> None:
        """A lock that is not held yet."""
        self._study = study
        self.path = study.with_name(f"{study.name}.lock")
        self._owner = Owner.of_this_process()
        self._tokens = {self._owner.token}  # by which the study is as we know it

    def take(self, *, take_over: bool) -> None:
        """Become the owner, then `look`; a dead process's lock is cleared, by `take_over` any.

        Raises:
            StudyInUse: another window holds it.
            NoSpace: the lock file cannot be written.
        """
        if not take_over:
            self.refuse_other()
        write_text(self.path, self._owner.model_dump_json(indent=1))

    def look(self, connection: sqlite3.Connection) -> None:
        """Note who wrote last, once the study is known to be sound."""
        self._tokens.add(_signed(connection))

    def claim(self, connection: sqlite3.Connection) -> None:
        """Before a write, in its transaction: `check`, and leave the token."""
        self.check(connection)
        if _signed(connection) != self._owner.token:
            settings.put(connection, _TOKEN, self._owner.token)

    def check(self, connection: sqlite3.Connection) -> None:
        """Raise BadStudy if another window has taken the study over since `take`."""
        owner = self._read()
        is_ours = _signed(connection) in self._tokens
        if is_ours and owner is None:  # somebody deleted the file, and nobody came
            write_text(self.path, self._owner.model_dump_json(indent=1))
        elif not (is_ours and self.is_held):
            by = owner.words if isinstance(owner, Owner) else owner or "another window"
            raise BadStudy(
                f"{self._study}: taken over by {by}, so this window can no longer save to it; open"
                " it again to go on."
            )

    @property
    def is_held(self) -> bool:
        """Whether the lock file names this opening of the study."""
        owner = self._read()
        return isinstance(owner, Owner) and owner.token == self._owner.token

    def give_back(self) -> None:
        """Remove the lock file if it is ours."""
        if self.is_held:
            self.path.unlink(missing_ok=True)

    def _read(self) -> Owner | str | None:
        """The owner, words for an owner that cannot be read, or None if nobody holds the lock."""
        try:
            return Owner.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError):
            return f"somebody whom {self.path.name} does not name"

    def refuse_other(self) -> None:
        """Raise StudyInUse if a window that may still be there holds the study."""
        owner = self._read()
        if owner is None or (isinstance(owner, Owner) and owner.is_gone):
            return
        by = owner if isinstance(owner, str) else owner.words
        raise StudyInUse(
            f"{self._study}: already open, by {by}; close it there first, or take it over if that"
            f" window no longer exists (the lock is {self.path.name})."
        )


def _signed(connection: sqlite3.Connection) -> str:
    return str(settings.load(connection).get(_TOKEN, ""))
