"""What predicts a recording, as the worker and the command line see it."""

from collections.abc import Callable, Iterator
from typing import Protocol

from core.errors import BadInput, BadVideo
from core.geometry import Box
from core.jobs.events import Warned
from core.jobs.fault_counter import FaultCounter
from core.models.card import ModelCard
from core.pose.pose_track import Pose
from core.pose.prediction_chunk import PredictionChunk
from core.pose.skeleton import Skeleton
from core.video.frame import VideoInfo
from core.video.source import VideoSource


class RecordingPredictor(Protocol):
    """Networks, loaded. The product's own is `core.jobs.loaded_predictor.LoadedPredictor`."""

    @property
    def card(self) -> ModelCard:
        """The card of the pose model."""
        ...

    @property
    def segmentation_card(self) -> ModelCard | None:
        """The card of the segmentation model, if the silhouette is wanted."""
        ...

    @property
    def skeleton(self) -> Skeleton:
        """The keypoints of the poses."""
        ...

    def predict(
        self, source: VideoSource, *, start: int, previous: Pose | None, roi: Box | None
    ) -> Iterator[PredictionChunk]:
        """Chunks from frame `start` on; the same to the bit wherever a run is resumed.

        Raises MemoryError when the batch does not fit.
        """
        ...

    def smaller(self) -> "RecordingPredictor | None":
        """The same with half the batch, or None if there is no half."""
        ...


BuildPredictor = Callable[[str, str | None, str], RecordingPredictor]
"""Load a pose model and, if wanted, a segmentation model (names or folders) on a device."""


def predicted_chunks(
    source: VideoSource,
    predictor: RecordingPredictor,
    *,
    roi: Box | None,
    start: int = 0,
    previous: Pose | None = None,
) -> Iterator[PredictionChunk | Warned]:
    """Predict from frame `start` up to the last whole frame, whatever comes behind it.

    Warns when the recording is damaged or breaks off, and when the memory is short.
    Raises BadVideo if not a single frame can be read.
    """
    counted = FaultCounter(source)
    at = start
    try:
        for item in _within_memory(counted, predictor, roi=roi, start=start, previous=previous):
            yield item
            at = item.stop if isinstance(item, PredictionChunk) else at
    except BadVideo:
        if not at:
            raise
    yield from _shortcomings(counted, at)


def _within_memory(
    source: VideoSource,
    predictor: RecordingPredictor,
    *,
    roi: Box | None,
    start: int,
    previous: Pose | None,
) -> Iterator[PredictionChunk | Warned]:
    """Predict with as large a batch as the memory takes."""
    at, last = start, previous
    while True:
        try:
            for chunk in predictor.predict(source, start=at, previous=last, roi=roi):
                yield chunk
                at, last = chunk.stop, chunk.track.pose(-1)
        except MemoryError:
            if (half := predictor.smaller()) is None:
                raise
            predictor = half
            yield Warned(text="The memory is short: fewer frames are now looked at together.")
        else:
            return


def _shortcomings(source: FaultCounter, frames: int) -> Iterator[Warned]:
    """What was wrong with a recording that gave so many frames; raises BadVideo if it gave none."""
    info = source.info
    if not frames:
        raise BadVideo(f"{info.path}: not a single frame of it can be read.")
    if source.faults:
        yield Warned(text=f"{source.faults} frames are damaged; look at their poses with care.")
    if frames < info.frame_count:
        yield Warned(
            text=f"The recording breaks off after {frames} of {info.frame_count} frames; "
            "its poses end there."
        )


def roi_within(info: VideoInfo, roi: Box | None) -> Box | None:
    """The part of the ROI that lies in the picture; raises BadInput if none does."""
    if roi is None:
        return None
    x, y = max(roi.x, 0.0), max(roi.y, 0.0)
    width = min(roi.x + roi.width, float(info.width)) - x
    height = min(roi.y + roi.height, float(info.height)) - y
    if width <= 0 or height <= 0:
        raise BadInput(
            f"{info.path}: the ROI lies outside its picture of "
            f"{info.width} x {info.height} pixels; choose one inside it."
        )
    return Box(x, y, width, height)
