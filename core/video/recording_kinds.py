"""Which files and folders are recordings, judged by their names alone."""

import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

# fmt: off
VIDEO_EXTENSIONS = frozenset({
    ".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2",                      # phones
    ".mts", ".m2ts", ".m2t", ".ts", ".mod", ".tod", ".dv", ".mxf",      # camcorders
    ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".vob", ".wmv", ".asf", ".flv", ".ogv",
})
IMAGE_EXTENSIONS = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})
# fmt: on

_NUMBER = re.compile(r"(\d+)")


class RecordingKind(Enum):
    """The three things that can be opened as a recording."""

    VIDEO = "video"
    IMAGE = "image"
    IMAGE_FOLDER = "folder of images"


def kind_of(path: Path) -> RecordingKind:
    """What `path` would be opened as; a name that says nothing is tried as a video."""
    if path.is_dir():
        return RecordingKind.IMAGE_FOLDER
    is_image = path.suffix.lower() in IMAGE_EXTENSIONS
    return RecordingKind.IMAGE if is_image else RecordingKind.VIDEO


def image_files(folder: Path) -> list[Path]:
    """The images directly in `folder` in natural order, without hidden files."""
    return _files(folder, IMAGE_EXTENSIONS)


def video_files(folder: Path) -> list[Path]:
    """The videos directly in `folder` in natural order, without hidden files."""
    return _files(folder, VIDEO_EXTENSIONS)


def natural_order(name: str) -> tuple[list[str | int], list[str | int], str]:
    """Sort key of file names by which frame2.png comes before frame10.png.

    The ending counts last, so that a.png comes before a1.png; names that differ in nothing else are
    told apart as plain text.
    """
    return _words(Path(name).stem), _words(name), name


def recordings_in(paths: Iterable[Path]) -> list[Path]:
    """The recordings that a user means who drops these files and folders on the window.

    A file is taken as it is, whatever its name, so that opening it can say what is wrong. A folder
    stands for the videos in it and in its folders; a folder with images directly in it is itself a
    recording. Each recording comes once.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_recordings_below(path) if path.is_dir() else [path]))
    return list(found)


def _recordings_below(folder: Path) -> list[Path]:
    found = video_files(folder)
    if image_files(folder):
        found.append(folder)
    inner = [p.name for p in folder.iterdir() if p.is_dir() and not _is_hidden(p)]
    for name in sorted(inner, key=natural_order):
        found += _recordings_below(folder / name)
    return found


def _files(folder: Path, extensions: frozenset[str]) -> list[Path]:
    names = [p.name for p in folder.iterdir() if p.suffix.lower() in extensions]
    ordered = (folder / name for name in sorted(names, key=natural_order))
    return [p for p in ordered if not _is_hidden(p) and p.is_file()]


def _words(name: str) -> list[str | int]:
    words = _NUMBER.split(name.casefold())  # text and number by turns
    return [int(word) if turn % 2 else word for turn, word in enumerate(words)]


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".")
