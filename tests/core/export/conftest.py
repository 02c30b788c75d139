import pytest

from core.study.study import Study
from core.video.source import open_video
from tests.core.jobs.fake_predictor import FakePredictor
from tests.core.jobs.small_recording import write_recording


@pytest.fixture(scope="session")
def kick(tmp_path_factory):
    return write_recording(tmp_path_factory.mktemp("recording") / "kick.mp4", 20)


@pytest.fixture
def study(tmp_path):
    with Study.create(tmp_path / "ward.shift") as study:
        yield study


@pytest.fixture
def predicted(study, kick):
    """The recording in the study, its first sixteen of twenty frames predicted."""
    with open_video(kick) as source:
        recording = study.add_recording(kick, source.info)
        prediction = study.begin_prediction(recording.id, "fake", "f" * 64, {})
        chunks = FakePredictor(segmentation=True, empty_frames=(3,)).predict(
            source, start=0, previous=None, roi=None
        )
        for chunk in chunks:
            if chunk.stop <= 16:
                study.add_chunk(prediction, chunk)
    study.finish_prediction(prediction, ["The light was low."])
    return recording
