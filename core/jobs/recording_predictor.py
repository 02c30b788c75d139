"""What predicts a recording, as the worker and the command line see it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, Self

from core.errors import BadInput, BadVideo
from core.geometry import Box
from core.jobs.events import Warned
from core.jobs.fault_counter import FaultCounter
from core.models.card import ModelCard
from core.pose.pose_track import Pose
from core.pose.prediction_chunk import PredictionChunk
from core.pose.skeleton import Skeleton
from core.prediction.region import Region
from core.video.frame import Frame, VideoInfo
from core.video.source import VideoSource

_MOST_NAMED = 5


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

    Warns when the recording is damaged or breaks off, when images of a folder cannot be read or lie
    outside the ROI, and when the memory is short.
    Raises BadVideo if not a single frame can be read.
    """
    watched = _Watched(source, roi)
    at = start
    try:
        for item in _within_memory(watched, predictor, roi=roi, start=start, previous=previous):
            yield item
            at = item.stop if isinstance(item, PredictionChunk) else at
    except BadVideo:
        if not at:
            raise
    if not at or len(watched.unread) == source.info.frame_count:
        raise BadVideo(f"{source.info.path}: not a single frame of it can be read.")
    yield from _shortcomings(watched, at)


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


class _Watched(FaultCounter):
    """Also keeps which images of a folder cannot be read, and which lie outside the ROI."""

    def __init__(self, source: VideoSource, roi: Box | None) -> None:
        super().__init__(source)
        self.unread: set[int] = set()
        self.missed: set[int] = set()
        self._are_images = source.info.file_names is not None
        self._roi = roi

    def __enter__(self) -> Self:
        return self

    def _seen(self, frame: Frame) -> Frame:
        if self._are_images and not frame.intact:
            self.unread.add(frame.index)
        elif self._are_images and not Region.touches(self._roi, frame.image):
            self.missed.add(frame.index)
        return super()._seen(frame)


def _shortcomings(source: _Watched, frames: int) -> Iterator[Warned]:
    """What was wrong with a recording that gave so many frames."""
    info = source.info
    if source.unread:
        yield Warned(text=f"No pose, as the image cannot be read: {_named(info, source.unread)}.")
    elif source.faults:
        yield Warned(text=f"{source.faults} frames are damaged; look at their poses with care.")
    if source.missed:
        names = _named(info, source.missed)
        yield Warned(text=f"No pose, as the image lies outside the ROI: {names}.")
    if frames < info.frame_count:
        yield Warned(
            text=f"The recording breaks off after {frames} of {info.frame_count} frames; "
            "its poses end there."
        )


def _named(info: VideoInfo, images: Iterable[int]) -> str:
    """The names of some images, of very many only the first."""
    numbers = sorted(images)
    names = ", ".join((info.file_names or ())[number] for number in numbers[:_MOST_NAMED])
    more = len(numbers) - _MOST_NAMED
    return f"{names} and {more} more" if more > 0 else names


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
