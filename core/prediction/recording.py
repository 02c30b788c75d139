"""Predict a recording from its first frame to its last, in chunks that can be resumed."""

from collections.abc import Iterator

from core.geometry import Box
from core.pose.pose_track import Pose, PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.prediction.predictor import Predictor
from core.prediction.read_ahead import read_ahead
from core.video.frame import Frame
from core.video.source import VideoSource

CHUNK_FRAMES = 32


def predict_recording(
    source: VideoSource,
    predictor: Predictor,
    *,
    start: int = 0,
    previous: Pose | None = None,
    roi: Box | None = None,
) -> Iterator[PredictionChunk]:
    """Poses of the frames from `start` on, in chunks of `CHUNK_FRAMES` (the last may be shorter).

    To go on after an interruption give the end of the last chunk and the last pose in it: the
    rest is then the same to the bit as in a run without interruption.
    """
    with read_ahead(source.frames(start), CHUNK_FRAMES) as frames:
        for chunk in _in_chunks(frames):
            poses = predictor.predict_frames([frame.image for frame in chunk], previous, roi)
            previous = poses[-1]
            yield PredictionChunk(chunk[0].index, PoseTrack.stack(predictor.skeleton, poses))


def _in_chunks(frames: Iterator[Frame]) -> Iterator[list[Frame]]:
    chunk: list[Frame] = []
    for frame in frames:
        chunk.append(frame)
        if len(chunk) == CHUNK_FRAMES:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
