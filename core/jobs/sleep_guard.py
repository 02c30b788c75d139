"""Keep the computer from falling asleep while a long job works; its screen may turn dark."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

_PATIENCE = 0.5  # seconds in which a refusal shows
_AWAKE, _AS_USUAL = 0x80000001, 0x80000000  # ES_CONTINUOUS | ES_SYSTEM_REQUIRED, ES_CONTINUOUS


@contextmanager
def kept_awake() -> Generator[bool]:
    """Hold the system awake within; gives whether it is. It is let go when this process dies."""
    if sys.platform == "win32":
        import ctypes

        is_awake = bool(ctypes.windll.kernel32.SetThreadExecutionState(_AWAKE))
        try:
            yield is_awake
        finally:
            ctypes.windll.kernel32.SetThreadExecutionState(_AS_USUAL)
        return
    keeper = _keeper()
    try:
        yield keeper is not None
    finally:
        if keeper is not None:
            keeper.terminate()
            keeper.wait()


def _keeper() -> subprocess.Popen[bytes] | None:
    """A process that holds the system awake until this one is gone; None if none can."""
    command = keeping_command(os.getpid())
    if command is None:
        return None
    try:
        keeper = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None
    try:
        keeper.wait(_PATIENCE)  # one that ends at once was refused
    except subprocess.TimeoutExpired:
        return keeper
    return None


def keeping_command(process: int) -> list[str] | None:
    """What keeps this system awake until a process ends; None where nothing is known to."""
    if sys.platform == "darwin":
        return ["caffeinate", "-i", "-w", str(process)]
    if shutil.which("systemd-inhibit") and shutil.which("tail"):
        return [
            "systemd-inhibit", "--what=sleep:idle", "--who=SHIFT Studio", "--why=Adapting a model",
            "tail", f"--pid={process}", "-f", "/dev/null",
        ]  # fmt: skip
    return None
