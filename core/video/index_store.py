"""Keep the indices of long recordings, so that only their first opening takes time.

Indexing reads a whole file: seconds for gigabytes on a good disk, minutes over a network. What is
kept is a convenience: anything odd about it, and the recording is indexed anew.
"""

import hashlib
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Final

import av
import numpy as np

from core import paths
from core.atomic_file import replacing
from core.errors import NoSpace
from core.video.fingerprint import fingerprint
from core.video.index_builder import build_index
from core.video.packet_decoder import PacketDecoder
from core.video.packet_table import OnProgress
from core.video.time_index import Entries, TimeIndex

_LAYOUT: Final = "1"
_WORTH_KEEPING_S: Final = 0.5
_MOST_KEPT: Final = 100


def index_of(decoder: PacketDecoder, on_progress: OnProgress | None = None) -> TimeIndex:
    """The index of the recording that `decoder` has open: the kept one, or a new one.

    Raises:
        BadVideo: it has no frame that can be decoded.
    """
    kept_at = _folder() / f"{_key(decoder.path)}.npz"
    kept = load(kept_at)
    if kept is not None:
        return kept
    start = time.monotonic()
    index = build_index(decoder, on_progress)
    if time.monotonic() - start > _WORTH_KEEPING_S:
        with suppress(NoSpace):
            save(kept_at, index)
            _forget_oldest(kept_at.parent)
    return index


def save(file: Path, index: TimeIndex) -> None:
    """Write an index; raises NoSpace."""
    with replacing(file) as temporary, temporary.open("wb") as out:
        np.savez(
            out,
            packets=index.packets,
            times=index.times,
            packet_count=np.array(index.packet_count),
            entries=index.entries.rows,
            warnings=np.array(index.warnings, dtype=np.str_),
        )


def load(file: Path) -> TimeIndex | None:
    """Read an index; None if it is not there or not whole."""
    try:
        with file.open("rb") as content, np.load(content, allow_pickle=False) as columns:
            return TimeIndex(
                packets=columns["packets"],
                times=columns["times"],
                packet_count=int(columns["packet_count"]),
                entries=Entries(columns["entries"]),
                warnings=tuple(str(text) for text in columns["warnings"]),
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _folder() -> Path:
    return paths.user_folder() / "indices"


def _key(path: Path) -> str:
    """Changes with the file, with the decoder and with what is kept."""
    parts = (fingerprint(path), str(path.stat().st_mtime_ns), av.__version__, _LAYOUT)
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_MOST_KEPT:]:
        file.unlink(missing_ok=True)
