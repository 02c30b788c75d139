"""The log file that a fault of ours leaves behind."""

import os
import platform
import sys
import time
import traceback

from core.atomic_file import write_text
from core.errors import NoSpace
from core.paths import logs_folder
from core.version import software_version


def write_fault(error: Exception) -> str:
    """Keep the traceback in a file of its own; returns the one line for the user."""
    what = f"a fault in the program ({type(error).__name__}: {error})"
    path = logs_folder() / f"fault-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    lines = [
        f"SHIFT Studio {software_version()}, python {sys.version} on {platform.platform()}",
        f"arguments: {sys.argv[1:]}",
        "".join(traceback.format_exception(error)),
    ]
    try:
        write_text(path, "\n".join(lines))
    except NoSpace as refused:
        return f"{what}; its log could not be kept: {refused}"
    return f"{what}; please report it with {path}"
