"""A short mark that tells the content of one recording from that of another."""

import hashlib
import os
from pathlib import Path

from core.errors import BadVideo
from core.video.recording_kinds import image_files

_SAMPLE_BYTES = 1 << 20  # read at the head, in the middle and at the end


def fingerprint(path: Path) -> str:
    """Mark of a file by its size and three samples, of a folder by its images' names and sizes.

    Raises:
        BadVideo: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        if path.is_dir():
            for file in image_files(path):
                digest.update(f"{file.name}\0{file.stat().st_size}\n".encode("utf-8", "replace"))
        else:
            _add_samples(digest, path)
    except OSError as error:
        raise BadVideo(f"{path}: cannot be read ({error.strerror or error}).") from error
    return digest.hexdigest()[:32]


def _add_samples(digest: "hashlib._Hash", path: Path) -> None:
    size = path.stat().st_size
    digest.update(f"{size}\n".encode())
    with path.open("rb") as file:
        for start in (0, size // 2 - _SAMPLE_BYTES // 2, size - _SAMPLE_BYTES):
            file.seek(max(0, start), os.SEEK_SET)
            digest.update(file.read(_SAMPLE_BYTES))
