"""The folder that results go to."""

import os
from pathlib import Path

from core.errors import NoSpace


def require_writable(out: Path) -> None:
    """Raise NoSpace if results could not be written to a folder; nothing is made yet."""
    try:
        nearest = next(folder for folder in [out, *out.absolute().parents] if folder.exists())
    except OSError as error:  # a name that no file system takes
        raise NoSpace(f"{out}: cannot be a folder ({error.strerror}); choose another.") from error
    if not nearest.is_dir():
        raise NoSpace(f"{out}: results need a folder, and {nearest} is a file; choose another.")
    if not os.access(nearest, os.W_OK):
        raise NoSpace(f"{out}: nothing can be written there; choose another folder.")
