"""Start the worker of a job as a process that outlives this one."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from core.errors import JobFailed
from core.jobs.folder import JobFolder
from core.jobs.own_process import calm_threads
from core.jobs.process import WorkerProcess
from core.paths import worker_command

# No console window, and no click into one that would freeze the worker.
_WITHOUT_CONSOLE = 0x08000000 | 0x00000200  # CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP


def launch(folder: JobFolder, command: Sequence[str] | None = None) -> None:
    """Start (or, after an end, resume) the job's worker in the background; nothing if it works.

    `command` replaces the program's own worker; the job's folder is appended to it.
    Raises JobFailed if no process can be started.
    """
    if folder.is_alive():
        return
    folder.queue()
    start = [*worker_command(), "worker"] if command is None else list(command)
    try:
        process = _start([*start, str(folder.path)], folder.log_path)
    except OSError as error:
        raise JobFailed(f"The background program cannot be started ({error.strerror}).") from error
    with suppress(psutil.NoSuchProcess):  # already over: its status says how it went
        folder.remember_launch(WorkerProcess.of(process.pid))
    # Somebody has to collect the process when it ends, or it stays in the system's table.
    threading.Thread(target=process.wait, daemon=True).start()


def _start(command: list[str], log_path: Path) -> subprocess.Popen[bytes]:
    flags = _WITHOUT_CONSOLE if sys.platform == "win32" else 0
    with log_path.open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=os.environ | calm_threads(),
            start_new_session=True,
            creationflags=flags,
        )
