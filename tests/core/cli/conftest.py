import sys
from types import SimpleNamespace

import pytest

from tests.core.jobs.fake_predictor import FakePredictor
from tests.core.jobs.small_recording import write_recording


@pytest.fixture(scope="session")
def recording(tmp_path_factory):
    return write_recording(tmp_path_factory.mktemp("recording") / "kick.mp4", 10)


@pytest.fixture
def networks(monkeypatch):
    """Stand-ins for the networks; `.loaded` tells what was asked for."""
    loaded = []

    def load_predictor(model, segmentation, device):
        loaded.append((model, segmentation))
        return FakePredictor(segmentation=segmentation is not None, empty_frames=(3,))

    module = SimpleNamespace(load_predictor=load_predictor, loaded=loaded)
    monkeypatch.setitem(sys.modules, "core.jobs.loaded_predictor", module)
    return module
