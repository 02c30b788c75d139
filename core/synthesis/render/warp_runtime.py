"""Starts Warp, which traces the rays, without its banner and warnings."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import BadInput
from core.paths import cache_folder


def start_warp() -> None:
    """Load Warp once per process; raises BadInput where it is not installed."""
    try:
        import warp as wp
    except ModuleNotFoundError as error:
        raise BadInput(
            "Rendering needs Warp: install the extra with pip install 'shift-studio[synthetic]'."
        ) from error
    wp.config.log_level = wp.LOG_ERROR
    wp.config.kernel_cache_dir = str(cache_folder() / "warp")
    with _silent_stderr():
        wp.init()


def check_device(device: str) -> None:
    """Raise BadInput for a device that Warp does not have here."""
    import warp as wp

    names = [str(one) for one in wp.get_devices()]
    if wp.is_cuda_available():
        names.append("cuda")
    if device not in names:
        raise BadInput(f"There is no device {device} to render on; there is {', '.join(names)}.")


@contextmanager
def _silent_stderr() -> Iterator[None]:
    """Warp's library writes about a missing CUDA driver to the file descriptor itself."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
