"""Write files so that a reader sees the old content or the new, never a half."""

import os
import shutil
import uuid
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import NoSpace


@contextmanager
def replacing(target: Path) -> Generator[Path]:
    """Yield a temporary neighbour of `target` to write to; on success it is fsynced and moved over.

    It has the suffix of `target`, and the permissions of the file that it replaces.

    Raises:
        NoSpace: the folder cannot be made or written, or the disk is full; `target` is untouched.
    """
    # A short name of its own: that of the target may be as long as the file system allows.
    temporary = target.with_name(f".{uuid.uuid4().hex[:12]}.part{target.suffix}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch(exist_ok=False)
        yield temporary
        _keep_mode(target, temporary)
        _fsync(temporary)
        temporary.replace(target)
        _fsync_folder(target.parent)
    except OSError as error:
        raise NoSpace(f"{target}: cannot be written ({error.strerror or error}).") from error
    finally:
        _remove(temporary)


def write_bytes(target: Path, content: bytes) -> None:
    """Replace `target` by `content` in one step; raises NoSpace."""
    with replacing(target) as temporary:
        temporary.write_bytes(content)


def write_text(target: Path, content: str) -> None:
    """Replace `target` by `content` as UTF-8 in one step; raises NoSpace."""
    write_bytes(target, content.encode("utf-8"))


def sweep(folder: Path) -> None:
    """Remove what killed processes left half written in a folder and below it.

    Only for the process that has the folder: it would take another one's files from under it.
    """
    for file in folder.rglob(".*.part*"):
        _remove(file)


def _keep_mode(target: Path, temporary: Path) -> None:
    if target.exists():
        shutil.copymode(target, temporary)


def _fsync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _fsync_folder(folder: Path) -> None:
    """Make the new name last through a power cut; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(temporary: Path) -> None:
    # The folder may have gone with its drive; the error that is under way says more.
    with suppress(OSError):
        temporary.unlink(missing_ok=True)
