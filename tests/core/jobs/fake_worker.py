"""The worker with a predictor that needs no networks: `python fake_worker.py PAUSE JOB`."""

import sys
from functools import partial
from pathlib import Path

from core.jobs.worker import run_worker
from tests.core.jobs.fake_predictor import FakePredictor


def build(model: str, segmentation: str | None, device: str, *, pause: float) -> FakePredictor:
    return FakePredictor(segmentation=segmentation is not None, pause=pause)


if __name__ == "__main__":
    run_worker(Path(sys.argv[2]), build=partial(build, pause=float(sys.argv[1])))
