"""Keep the arrays of the body model in the user's cache, where they load in a blink."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from filelock import FileLock

from core.atomic_file import replacing
from core.errors import BadInput
from core.paths import cache_folder
from core.synthesis.body.anny_export import Arrays, export_arrays

_LAYOUT = 2  # raise it when `export_arrays` changes
EXTRA_MISSING = (
    "synthetic bodies need a further package: pip install 'shift-studio[synthetic]' "
    "(the Anny body model and Warp)."
)


def is_prepared() -> bool:
    """Whether loading takes a blink rather than a minute."""
    return _path().is_file()


def load_arrays() -> Arrays:
    """The arrays of `export_arrays`, made once for this machine and version of Anny.

    Raises:
        BadInput: the extra `synthetic` is not installed.
        NoSpace: the cache folder cannot be written.
    """
    path = _path()
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):  # several workers start at once
            if not path.is_file():
                with replacing(path) as temporary:
                    np.savez(temporary, allow_pickle=False, **export_arrays())
    with np.load(path) as content:
        return dict(content)


def _path() -> Path:
    try:
        return cache_folder() / f"body-anny-{version('anny')}-{_LAYOUT}.npz"
    except PackageNotFoundError as error:
        raise BadInput(EXTRA_MISSING) from error
