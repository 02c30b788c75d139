"""Predict a recording from its first frame to its last, in chunks that can be resumed."""

from collections.abc import Iterable, Iterator

from core.errors import BadVideo
from core.geometry import Box
from core.pose.pose_track import Pose, PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.prediction.predictor import Predictor
from core.prediction.read_ahead import read_ahead
from core.prediction.region import Region
from core.video.frame import Frame
from core.video.source import VideoSource

CHUNK_FRAMES = 32
_READ_AHEAD = 16  # frames kept in memory beside the chunk


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
    rest is then the same to the bit as in a run without interruption. The frames of a video are
    followed; the images of a folder need not belong together, so each is searched on its own.
    One that cannot be read, or lies outside `roi`, has no infant.

    Raises:
        BadVideo: the recording breaks off; all whole frames have been yielded before.
        BadInput: `roi` lies outside the frame of a video.
    """
    are_consecutive = source.info.file_names is None
    with read_ahead(source.frames(start), _READ_AHEAD) as frames:
        for chunk in _in_chunks(frames):
            images = [frame.image for frame in chunk]
            if are_consecutive:
                poses = predictor.predict_frames(images, previous, roi)
            else:
                poses = [_pose_alone(predictor, frame, roi) for frame in chunk]
            previous = poses[-1]
            yield PredictionChunk(
                chunk[0].index,
                PoseTrack.stack(predictor.skeleton, poses),
                predictor.outlines(images, poses, careful=not are_consecutive),
            )


def _pose_alone(predictor: Predictor, frame: Frame, roi: Box | None) -> Pose:
    if frame.intact and Region.touches(roi, frame.image):
        return predictor.predict_image(frame.image, roi)
    return Pose.absent(len(predictor.skeleton))


def _in_chunks(frames: Iterable[Frame]) -> Iterator[list[Frame]]:
    """Lists of `CHUNK_FRAMES` frames; where reading fails, first what was read until then."""
    chunk: list[Frame] = []
    try:
        for frame in frames:
            chunk.append(frame)
            if len(chunk) == CHUNK_FRAMES:
                yield chunk
                chunk = []
    except BadVideo:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk
