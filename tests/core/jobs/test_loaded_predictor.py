import numpy as np
import pytest
import torch

from core.errors import BadModel
from core.jobs import loaded_predictor
from core.jobs.loaded_predictor import LoadedPredictor, load_predictor
from core.models.library import DEFAULT_POSE_MODEL
from core.video.source import open_video


@pytest.fixture(scope="module")
def predictor():
    return load_predictor(DEFAULT_POSE_MODEL, segmentation=None, device="cpu")


def test_the_shipped_networks_predict_a_recording(predictor, recording):
    with open_video(recording) as source:
        chunks = list(predictor.predict(source, start=36, previous=None, roi=None))
    assert [(chunk.start, chunk.stop) for chunk in chunks] == [(36, 40)]
    assert chunks[0].track.xy.shape == (4, 16, 2)
    assert chunks[0].track.xy.dtype == np.float32
    assert predictor.card.name == DEFAULT_POSE_MODEL
    assert predictor.segmentation_card is None


def test_halving_ends_at_one(predictor):
    steps = 0
    smaller: LoadedPredictor | None = predictor
    while smaller is not None:
        smaller, steps = smaller.smaller(), steps + 1
    assert 1 < steps < 12


def test_an_unknown_model_is_refused():
    with pytest.raises(BadModel, match="thunderbolt"):
        load_predictor("thunderbolt", segmentation=None, device="auto")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (torch.OutOfMemoryError("CUDA out of memory"), MemoryError),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: 1 bytes"), MemoryError),
        (RuntimeError("shapes do not fit"), RuntimeError),
    ],
)
def test_what_torch_says_of_memory_becomes_a_memory_error(predictor, monkeypatch, error, told):
    def predict_recording(*_, **__):
        raise error

    monkeypatch.setattr(loaded_predictor, "predict_recording", predict_recording)
    with pytest.raises(told):
        next(predictor.predict(None, start=0, previous=None, roi=None))
