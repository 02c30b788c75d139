"""Turn whatever a command meets into one line on stderr and an exit status."""

from collections.abc import Callable, Iterable

from core.cli import console
from core.cli.fault_log import write_fault
from core.errors import BadInput, NoSpace, ShiftError, Stopped

DONE, FAULT, BAD_INPUT, STOPPED = 0, 1, 2, 3


def attempt(action: Callable[[], int]) -> int:
    """The status that `action` returns, or the one of the error it meets, which is told.

    A wish of the user to stop (Stopped, KeyboardInterrupt) is let through.
    """
    try:
        return action()
    except Stopped:
        raise
    except ShiftError as error:
        console.problem(error)
        return BAD_INPUT if isinstance(error, BadInput | NoSpace) else FAULT
    except Exception as error:  # noqa: BLE001 - the one place where a fault becomes line and log
        console.problem(write_fault(error))
        return FAULT


def worst(statuses: Iterable[int]) -> int:
    """One status for several attempts: a fault of ours outweighs bad input, that outweighs done."""
    found = set(statuses)
    return next((status for status in (FAULT, BAD_INPUT) if status in found), DONE)
