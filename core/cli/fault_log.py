"""The log file that a fault of ours leaves behind."""

import os
import platform
import sys
import time
import traceback
from collections.abc import Sequence

from core.atomic_file import write_text
from core.errors import NoSpace
from core.paths import logs_folder


def write_fault(error: Exception, arguments: Sequence[str]) -> str:
    """Keep the traceback in a file of its own; returns the one line for the user."""
    what = f"a fault in the program ({type(error).__name__}: {error})"
    path = logs_folder() / f"fault-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    lines = [
        f"arguments: {list(arguments)}",
        f"python {sys.version} on {platform.platform()}",
        "".join(traceback.format_exception(error)),
    ]
    try:
        write_text(path, "\n".join(lines))
    except NoSpace as refused:
        return f"{what}; its log could not be kept: {refused}"
    return f"{what}; please report it with {path}"
