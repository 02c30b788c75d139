"""Facts of the machine: processor, memory, graphics, disk."""

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil

from core.checkup.fact import Fact, gibibytes
from core.paths import user_folder

_LEAST_MEMORY = 1 << 30  # bytes; what prediction itself needs
_LEAST_DISK = 1 << 30  # bytes; a study and a job stay far below


def machine_facts() -> Iterator[Fact]:
    """What this machine is and has left."""
    yield Fact("system", f"{platform.system()} {platform.release()} ({platform.machine()})")
    yield Fact("processor", f"{_processor_name()}, {_usable_cores()} cores for us")
    yield _memory()
    yield _graphics()
    yield from _folders()


def _processor_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> Fact:
    memory = psutil.virtual_memory()
    text = f"{gibibytes(memory.total)}, {gibibytes(memory.available)} free"
    short = memory.available < _LEAST_MEMORY
    return Fact("memory", text, "close other programs; prediction needs 1 GiB." if short else "")


def _graphics() -> Fact:
    import torch

    if torch.cuda.is_available():
        return Fact("graphics", f"CUDA: {torch.cuda.get_device_name()}")
    if torch.backends.mps.is_available():
        return Fact("graphics", "Metal")
    return Fact("graphics", "none that torch can use; the processor does the work")


def _folders() -> Iterator[Fact]:
    folder = user_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Fact("user folder", str(folder), _unwritable(folder, error.strerror))
        return
    remedy = "" if os.access(folder, os.W_OK) else _unwritable(folder, "read-only")
    yield Fact("user folder", str(folder), remedy)
    short = free < _LEAST_DISK
    yield Fact("disk", f"{gibibytes(free)} free", f"make room on the disk of {folder}." * short)


def _unwritable(folder: Path, why: str | None) -> str:
    return f"{folder}: cannot be written ({why}); mend it or set SHIFT_STUDIO_HOME."
