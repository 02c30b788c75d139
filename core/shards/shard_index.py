"""Where the samples of a shard lie in its tar file, so that any of them is read by itself."""

import io
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import BadInput
from core.shards.sample import SampleLabels, SyntheticSample
from core.shards.sample_files import IMAGES, LABELS, decode, decode_labels

_END: Final = 2 * tarfile.BLOCKSIZE  # bytes; so many zeros close every tar file
_MOST_FILLING: Final = tarfile.RECORDSIZE + _END  # bytes; and no more than these


@dataclass(frozen=True)
class StoredSample:
    """One sample on disk: `spans` gives offset and length in bytes of each of its files."""

    shard: Path
    key: str
    spans: Mapping[str, tuple[int, int]]

    def read(self) -> SyntheticSample:
        """The sample; raises BadInput if it is damaged or its shard has gone."""
        try:
            return decode(self._files(self.spans))
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error

    def read_labels(self) -> SampleLabels:
        """Only the labels, without the cost of the pictures; raises BadInput."""
        try:
            return decode_labels(self._files([LABELS])[LABELS])
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error

    def _files(self, suffixes: Iterable[str]) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        with self.shard.open("rb") as file:
            for suffix in suffixes:
                offset, length = self.spans[suffix]
                file.seek(offset)
                files[suffix] = file.read(length)
        return files

    def _unreadable(self, error: Exception) -> BadInput:
        reason = error.strerror if isinstance(error, OSError) else error
        return BadInput(f"{self.shard}: its sample {self.key} cannot be read ({reason}).")


def index_shard(path: Path) -> list[StoredSample]:
    """All samples of a shard in their order; their content is not looked at yet.

    Raises:
        BadInput: the file is missing, cut off, or no shard of labelled samples.
    """
    samples: dict[str, dict[str, tuple[int, int]]] = {}
    for member in _members(path):
        key, _, suffix = member.name.partition(".")
        samples.setdefault(key, {})[suffix] = (member.offset_data, member.size)
    for key, spans in samples.items():
        if LABELS not in spans or not any(image in spans for image in IMAGES):
            raise BadInput(
                f"{path}: its sample {key} has no labels or no image; this tar file was not made "
                "by shift-pose synthesize."
            )
    return [StoredSample(path, key, spans) for key, spans in samples.items()]


def seems_whole(path: Path) -> bool:
    """Whether a file is there and ends like a tar file, which costs no look at the rest."""
    try:
        with path.open("rb") as file:
            file.seek(-_END, io.SEEK_END)
            return not any(file.read())
    except OSError:
        return False


def _members(path: Path) -> list[tarfile.TarInfo]:
    try:
        with tarfile.open(path, "r:") as tar:
            members = tar.getmembers()
            stop = tar.offset
        _require_end(path, stop)
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}).") from error
    except (tarfile.TarError, ValueError) as error:
        raise BadInput(
            f"{path}: damaged, cut off or no tar file; remove it and make it again."
        ) from error
    return members


def _require_end(path: Path, stop: int) -> None:
    """Refuse what tarfile takes for an end: a broken header, or no end at all (ValueError)."""
    with path.open("rb") as file:
        file.seek(stop)
        filling = file.read(_MOST_FILLING + 1)
    if not _END <= len(filling) <= _MOST_FILLING or any(filling):
        raise ValueError("no end where the last member stops")
