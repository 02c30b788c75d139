"""A worker that meets one trouble, and is the program's own in everything else.

`python -m tests.e2e.unlucky_worker no-room|lost-card|killed|none JOB`
"""

import errno
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
import pytest
from torch import Tensor

from core.errors import ShiftError
from core.jobs.worker import run_worker
from core.training.learner import AdaptationLearner

STEP = 1  # at which the trouble comes; counted from 0
FAULTS = pytest.MonkeyPatch()
_ROOM = 1 << 20  # what still fits on the disk that is full


def no_room() -> None:
    usual = Path.write_bytes

    def write(path: Path, content: bytes) -> int:
        if len(content) > _ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return usual(path, content)

    FAULTS.setattr(Path, "write_bytes", write)


def lost_card() -> None:
    raise RuntimeError("CUDA error: unspecified launch failure")


def killed() -> None:
    psutil.Process().kill()


TROUBLES: Mapping[str, Callable[[], None]] = {
    "no-room": no_room, "lost-card": lost_card, "killed": killed, "none": lambda: None,
}  # fmt: skip


def main(trouble: str, job: Path) -> None:
    usual = AdaptationLearner.step

    def step(self: AdaptationLearner, number: int) -> Mapping[str, Tensor]:
        if number == STEP:
            TROUBLES[trouble]()
        return usual(self, number)

    FAULTS.setattr(AdaptationLearner, "step", step)
    try:
        run_worker(job)
    except (ShiftError, RuntimeError):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
