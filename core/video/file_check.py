"""What is wrong with a file before a decoder has looked into it."""

from pathlib import Path
from typing import Final

from core.errors import BadVideo

MAX_PIXELS: Final = 80_000_000
"""Largest picture that is opened (8K film has 33 million pixels); more is taken for an attack."""


def check_file(path: Path) -> None:
    """Raise BadVideo if `path` is not there, empty, not to be read, or no file at all."""
    try:
        if path.exists() and not path.is_file():
            raise BadVideo(f"{path}: is not a file; choose a recording.")
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except FileNotFoundError as error:
        raise BadVideo(f"{path}: does not exist; check the name and the drive.") from error
    except PermissionError as error:
        raise BadVideo(f"{path}: may not be read; check the file's permissions.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadVideo(f"{path}: cannot be read ({reason}); check the drive.") from error
    if is_empty:
        raise BadVideo(f"{path}: is empty; copy it from the camera again.")


def too_large(path: Path, width: int, height: int) -> str:
    """The sentence about a picture of more than MAX_PIXELS."""
    return (
        f"{path}: its picture of {width} x {height} is too large; "
        f"make it smaller than {MAX_PIXELS // 1_000_000} million pixels."
    )


def no_frame(path: Path) -> str:
    """The sentence about a video of which nothing can be decoded."""
    return f"{path}: holds no frame that can be decoded; copy it from the camera again."
