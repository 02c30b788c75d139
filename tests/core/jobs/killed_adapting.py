"""An adapt job that is killed again and again: `killed_adapting.py JOB SEED KILLS`.

What is slow, importing torch, is done once. Each worker is a fork of that process, which dies at
a moment drawn beforehand; the next one goes on from what it left. Prints how many were killed.
"""

import os
import random
import signal
import sys
from pathlib import Path

import torch

from core.errors import ShiftError
from core.jobs import adapt_job
from core.jobs.folder import JobFolder
from core.jobs.worker import claimed, work
from tests.core.jobs.adapting import quick_verdict

SECONDS = 4.0  # in which most of a worker's work is done, on a quiet machine


def killed(job: JobFolder, seconds: float | None) -> bool:
    """Work in a fork; whether the moment came before the end."""
    child = os.fork()
    if child == 0:
        if seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, seconds)  # the kernel ends it, in any C code
        try:
            job.queue()
            with claimed(job):
                work(job)
        except ShiftError as error:
            sys.stderr.write(f"{error}\n")
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0, "a worker failed"
        return False
    return True


def main(path: Path, seed: int, kills: int) -> None:
    torch.set_num_threads(1)
    adapt_job.judge = quick_verdict
    chance, done = random.Random(seed), 0
    for _ in range(kills):
        if not killed(JobFolder(path), chance.uniform(0.1, SECONDS)):
            break
        done += 1
    else:
        killed(JobFolder(path), None)
    sys.stdout.write(f"{done}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
