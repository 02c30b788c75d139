"""Why a job ended, in words for the user."""

import errno
import re

from core.errors import NoSpace, ShiftError
from core.short_memory import says_memory_is_short

_LOG_LINES = 20
_MEMORY = "The memory does not suffice for this model; close other programs, then resume."
_CARD = "The graphics card stopped working; resume, and if that fails restart the computer."
# A failed assertion on the card is a fault of the program's, not of the card.
_OF_A_CARD = re.compile(
    r"(CUDA|CUDNN|NCCL|HIP) error(?!: device-side)|CUBLAS_STATUS", re.IGNORECASE
)


def reason(error: BaseException) -> str:
    """One sentence or two: what is wrong and what to do."""
    match error:
        case NoSpace():
            return f"{error} Make room there, then resume."
        case ShiftError():
            return str(error)
        case MemoryError():
            return _MEMORY
        case OSError(errno=errno.ENOSPC):
            return "The disk is full; make room, then resume."
        case RuntimeError() if words := _of_a_library(str(error)):
            return words
        case _:
            return f"A fault in the program ({type(error).__name__}); its details are in the log."


def _of_a_library(text: str) -> str:
    """What the libraries below say by their texts alone; empty if it is something else."""
    if says_memory_is_short(text):
        return _MEMORY
    return _CARD if _OF_A_CARD.search(text) else ""


def last_lines(log: bytes) -> str:
    """The end of a log, whatever bytes are in it."""
    return "\n".join(log.decode("utf-8", "replace").splitlines()[-_LOG_LINES:])
