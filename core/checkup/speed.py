"""A short prediction of the bundled recording, timed."""

import time
from itertools import islice

from core.checkup.fact import Fact
from core.errors import ShiftError
from core.models.library import DEFAULT_POSE_MODEL
from core.paths import resources_folder

_CHUNKS = 2  # the first one also finds the infant and warms the network up


def speed_fact() -> Fact:
    """Predict the start of the demo with the default model, from file to poses."""
    try:
        return Fact("self-test", _timed_prediction())
    except ShiftError as error:
        return Fact("self-test", "failed", str(error))


def _timed_prediction() -> str:
    from core.prediction.predictor import build_predictor
    from core.prediction.recording import predict_recording
    from core.video.source import open_video

    demo = resources_folder() / "demo" / "infant_demo.mp4"
    with open_video(demo) as source:
        predictor = build_predictor(DEFAULT_POSE_MODEL, device="cpu")
        start = time.perf_counter()
        chunks = list(islice(predict_recording(source, predictor), _CHUNKS))
        seconds = time.perf_counter() - start
    frames = sum(len(chunk.track) for chunk in chunks)
    found = sum(
        not chunk.track.pose(i).is_empty for chunk in chunks for i in range(len(chunk.track))
    )
    return f"{frames / seconds:.0f} frames a second, infant found in {found} of {frames} frames"
