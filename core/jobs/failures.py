"""Why a job ended, in words for the user."""

import errno

from core.errors import NoSpace, ShiftError

_LOG_LINES = 20


def reason(error: BaseException) -> str:
    """One sentence or two: what is wrong and what to do."""
    match error:
        case NoSpace():
            return f"{error} Make room there, then resume."
        case ShiftError():
            return str(error)
        case MemoryError():
            return "The memory does not suffice for this model; close other programs, then resume."
        case OSError(errno=errno.ENOSPC):
            return "The disk is full; make room, then resume."
        case _:
            return f"A fault in the program ({type(error).__name__}); its details are in the log."


def last_lines(log: bytes) -> str:
    """The end of a log, whatever bytes are in it."""
    return "\n".join(log.decode("utf-8", "replace").splitlines()[-_LOG_LINES:])
