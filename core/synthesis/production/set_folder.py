"""The folder that a set is made in: claimed by one process, and resumed where it was left."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from core.errors import BadInput, NoSpace
from core.shards.set_request import (
    SetRequest,
    differences,
    read_request,
    shard_name,
    write_request,
)
from core.shards.shard_index import seems_whole
from core.synthesis.production.clip_files import clip_names
from core.synthesis.production.disk_need import bytes_needed, size_in_words

_LOCK: Final = ".synthesize.lock"
_SPARE_BYTES: Final = 50_000_000  # contact sheets, and room for everybody else


@dataclass(frozen=True)
class SetFolder:
    """A claimed folder, its request, and the shards that are still to be made."""

    path: Path
    request: SetRequest
    missing: tuple[int, ...]

    @property
    def pictures_missing(self) -> int:
        """How many samples are still to be made."""
        return sum(self.request.pictures_in(shard) for shard in self.missing)

    @property
    def pictures_there(self) -> int:
        """How many samples earlier runs have left."""
        return self.request.pictures - self.pictures_missing


@contextmanager
def claimed(path: Path, request: SetRequest) -> Iterator[SetFolder]:
    """Hold a new folder, or the one of the same request, for this process alone.

    Raises:
        BadInput: it holds something else, another request, or another process works on it.
        NoSpace: it cannot be made, or its disk is too small for what is missing.
    """
    _refuse_foreign(path, request)
    folder = SetFolder(path, request, _missing(path, request))
    _require_room(folder)
    with _locked(path):
        _sweep(path)
        if read_request(path) is None:
            write_request(path, request)
        try:
            yield folder
        finally:
            _sweep(path)


def _refuse_foreign(path: Path, request: SetRequest) -> None:
    there = read_request(path)
    if there is None:
        if path.is_dir() and any(not entry.name.startswith(".") for entry in path.iterdir()):
            raise BadInput(f"{path}: holds other files; choose a new or an empty folder.")
    elif there != request:
        raise BadInput(
            f"{path}: holds a set that was asked for with {'; '.join(differences(request, there))}"
            "; choose a new folder, or ask for the same set to complete it."
        )


def _missing(path: Path, request: SetRequest) -> tuple[int, ...]:
    there = {entry.name for entry in path.iterdir()} if path.is_dir() else set[str]()

    def is_there(shard: int) -> bool:
        beside = clip_names(shard) if request.clip else ()
        return there.issuperset((shard_name(shard), *beside)) and seems_whole(
            path / shard_name(shard)
        )

    return tuple(shard for shard in range(request.shards) if not is_there(shard))


def _require_room(folder: SetFolder) -> None:
    if not folder.missing:
        return
    need = bytes_needed(folder.request, folder.pictures_missing)
    nearest = next(one for one in [folder.path, *folder.path.absolute().parents] if one.exists())
    free = shutil.disk_usage(nearest).free
    if need + _SPARE_BYTES > free:
        raise NoSpace(
            f"{folder.path}: {folder.pictures_missing:,} pictures need about "
            f"{size_in_words(need)}, and the disk has {size_in_words(free)} free; "
            "ask for fewer or smaller ones, or choose a folder on another disk."
        )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    file = path / _LOCK
    lock = FileLock(file)
    try:
        path.mkdir(parents=True, exist_ok=True)
        # The system itself lets go of this lock when the process dies, however it dies.
        lock.acquire(timeout=0)
    except Timeout:
        raise BadInput(f"{path}: another process makes this set already.") from None
    except OSError as error:
        raise NoSpace(f"{path}: cannot be written ({error.strerror}).") from error
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
        lock.release()


def _sweep(path: Path) -> None:
    """Remove what killed workers left half written."""
    for file in path.glob(".*.part*"):
        file.unlink(missing_ok=True)
