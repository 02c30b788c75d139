"""A short mark that tells the content of one recording from that of another."""

import hashlib
import os
from pathlib import Path

from core.errors import BadVideo
from core.video.recording_kinds import image_files

_SAMPLE_BYTES = 1 << 20  # read at the head, in the middle and at the end


def fingerprint(path: Path) -> str:
    """Mark of a file by its size and three samples, of a folder by its images' names and sizes.

    The images count in the order in which they are frames: in another order, what was found in
    frame N would belong to another picture.

    Raises:
        BadVideo: it cannot be read.
    """
    try:
        parts = _names_and_sizes(path) if path.is_dir() else _samples(path)
    except OSError as error:
        raise BadVideo(f"{path}: cannot be read ({error.strerror or error}).") from error
    return hashlib.sha256(b"\n".join(parts)).hexdigest()[:32]


def _names_and_sizes(folder: Path) -> list[bytes]:
    return [os.fsencode(f"{file.name}\0{file.stat().st_size}") for file in image_files(folder)]


def _samples(path: Path) -> list[bytes]:
    size = path.stat().st_size
    parts = [str(size).encode()]
    with path.open("rb") as file:
        for start in (0, (size - _SAMPLE_BYTES) // 2, size - _SAMPLE_BYTES):
            file.seek(max(0, start))
            parts.append(file.read(_SAMPLE_BYTES))
    return parts
