"""How a worker behaves as a process: quiet, modest, and polite when it is asked to go."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

import psutil

_MODEST = 10  # of 19; the window and everything else come first


def print_to(log: Path) -> None:
    """Send everything that this process and its libraries print to a log file, for good."""
    sys.stdout.flush()
    sys.stderr.flush()
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)


def give_way() -> None:
    """Let the window, and whatever else the user does, go first."""
    modest = psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else _MODEST
    psutil.Process().nice(modest)


def calm_threads() -> dict[str, str]:
    """Environment for numeric libraries: wait without spinning, leave a core free of many.

    They read it when they are loaded, so it must be set before. What the user set stays.
    """
    cores = os.cpu_count() or 1
    calm = {
        "OMP_WAIT_POLICY": "PASSIVE",  # spinning makes threads on shared cores several times slower
        "OMP_NUM_THREADS": str(cores if cores <= 2 else cores - 1),
    }
    return {name: os.environ.get(name, value) for name, value in calm.items()}


def stop_when_terminated() -> None:
    """Treat a request to go, or a closed terminal, like Ctrl+C: nothing is left half written."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows knows no SIGHUP
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:  # as nohup wants it
            signal.signal(number, _interrupt)


def leave_if_one_of_many(status: int) -> None:
    """End this process here if torchrun started it beside others; `status` is its exit status.

    Gloo's threads may still hold the last tensor that was exchanged. Where they let go of it while
    Python takes itself apart, they ask for a lock that is gone, and the process aborts with
    everything done (pytorch pull request 179291). What must be written has been.
    """
    if os.environ.get("WORLD_SIZE", "1") != "1":
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
