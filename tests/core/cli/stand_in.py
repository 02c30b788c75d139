"""The command line with a stand-in for the networks: `python stand_in.py PAUSE ARGUMENT...`."""

import sys
from types import SimpleNamespace

from core.__main__ import main
from tests.core.jobs.fake_predictor import FakePredictor


def use_stand_in(pause: float) -> None:
    def load_predictor(model: str, segmentation: str | None, device: str) -> FakePredictor:
        return FakePredictor(segmentation=segmentation is not None, pause=pause)

    module = SimpleNamespace(load_predictor=load_predictor)
    sys.modules["core.jobs.loaded_predictor"] = module  # type: ignore[assignment]


if __name__ == "__main__":
    use_stand_in(float(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
