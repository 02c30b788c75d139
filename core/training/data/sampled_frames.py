"""Frames of one recording as canvases: corrected ones, and others that show an infant."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.pose.pose_track import Pose
from core.prediction.crop import Crop
from core.prediction.finder import whole_frame
from core.prediction.predictor import Predictor
from core.prediction.region import Region
from core.training.data.canvas import Canvas, Framing, canvas_affine, cut_canvas
from core.training.data.corrected_frames import body_of, labels_of
from core.training.data.infant_mask import infant_mask, with_room
from core.training.data.labelled_canvases import crop_of_labels
from core.training.data.target_footage import Footage
from core.video.source import VideoSource

_SAME_POSE = 0.015  # mean movement in sides of the crop
_SAME_PICTURE = 3.0  # mean difference of grey levels of the canvases


@dataclass(frozen=True, eq=False)
class KeptFrame:
    """One frame that is learnt from; `pose` is what was found in it, in pixels of the canvas."""

    frame: int
    canvas: Canvas
    pose: Pose


@dataclass(frozen=True, eq=False)
class SampledFrames:
    """What became of the frames of one recording that were looked at.

    The first `corrected` of those kept have labels; the others were dropped for a reason.
    """

    kept: tuple[KeptFrame, ...] = ()
    corrected: int = 0
    looked_at: int = 0
    without_infant: int = 0
    near_duplicates: int = 0


def sample_frames(
    source: VideoSource,
    footage: Footage,
    chosen: Sequence[int] | NDArray[np.intp],
    predictor: Predictor,
    framing: Framing = "found",
) -> Generator[None, None, SampledFrames]:
    """Look at the corrected frames of a recording and at the chosen ones, one at each step.

    Raises:
        BadVideo: a frame cannot be read.
        BadInput: the region lies outside the frames.
    """
    sampler = _Sampler(source, footage, predictor, framing)
    if footage.corrected is not None:
        for number, frame in enumerate(footage.corrected.frames.tolist()):
            sampler.take(frame, footage.corrected.poses.pose(number))
            yield
    for frame in chosen:
        sampler.look(int(frame))
        yield
    return sampler.sampled


class _Sampler:
    """Knows what was kept last."""

    def __init__(
        self, source: VideoSource, footage: Footage, predictor: Predictor, framing: Framing
    ) -> None:
        self._source, self._footage = source, footage
        self._predictor, self._framing = predictor, framing
        self._last: _Shown | None = None
        self.sampled = SampledFrames()

    def take(self, frame: int, pose: Pose) -> None:
        """Keep a corrected frame, unless nothing tells where in it the infant is."""
        image, region = self._looked_at(frame)
        if image is None:
            self._count("without_infant")
            return
        pose = replace(pose, xy=region.from_frame(pose.xy))
        crop = crop_of_labels(body_of(pose))
        if crop is None:
            found = self._predictor.predict_image(image, careful=False)
            crop = None if found.is_empty else self._predictor.crop_of(found)
        if crop is None:
            self._count("without_infant")
            return
        self._count("corrected")
        self._keep(frame, self._cut(image, crop, labels_of(pose)), pose, self._shown(image, crop))

    def look(self, frame: int) -> None:
        """Keep a frame if it shows an infant, and not what the last one showed."""
        image, _ = self._looked_at(frame)
        pose = None if image is None else self._predictor.predict_image(image, careful=False)
        if image is None or pose is None or pose.is_empty:
            self._count("without_infant")
            return
        crop = self._predictor.crop_of(pose)
        relative = (pose.xy.astype(np.float64) - crop.centre) / crop.side
        found = _Shown(self._cut(image, crop), relative)
        if self._last is not None and self._last.is_like(found):
            self._count("near_duplicates")
            return
        self._last = found
        self._count()
        self._keep(frame, found.canvas, pose, self._shown(image, crop))

    def _looked_at(self, frame: int) -> tuple[NDArray[np.uint8] | None, Region]:
        """The part of a frame that the user's region leaves, None where it leaves nothing.

        What lies outside, a twin or a carer, is no picture to learn from either.
        """
        image, roi = self._source.read(frame).image, self._footage.roi
        if self._source.info.file_names is not None and not Region.touches(roi, image):
            return None, Region.of(None, image)
        region = Region.of(roi, image)
        return np.ascontiguousarray(region.of_image(image)), region

    def _count(self, *reasons: str) -> None:
        now = self.sampled
        changes = {name: getattr(now, name) + 1 for name in (*reasons, "looked_at")}
        self.sampled = replace(now, **changes)

    def _keep(self, frame: int, canvas: Canvas, pose: Pose, shown: Crop) -> None:
        xy = canvas_affine(shown)(pose.xy.astype(np.float64)).astype(np.float32)
        kept = KeptFrame(frame, canvas, replace(pose, xy=xy))
        self.sampled = replace(self.sampled, kept=(*self.sampled.kept, kept))

    def _shown(self, image: NDArray[np.uint8], crop: Crop) -> Crop:
        return Crop.whole(whole_frame(image)) if self._framing == "whole" else crop

    def _cut(
        self, image: NDArray[np.uint8], crop: Crop, xy: NDArray[np.float64] | None = None
    ) -> Canvas:
        shown = self._shown(image, crop)
        mask = None
        if self._predictor.segmenter is not None:
            network = self._predictor.segmenter.network
            mask = infant_mask(network, image, with_room(crop), shown)
        return cut_canvas(image, shown, xy, mask)


@dataclass(frozen=True, eq=False)
class _Shown:
    """The frame of a recording that was kept last."""

    canvas: Canvas
    relative: NDArray[np.float64]  # its keypoints in sides of the crop

    def is_like(self, other: "_Shown") -> bool:
        moved = float(np.nanmean(np.linalg.norm(other.relative - self.relative, axis=1)))
        changed = np.abs(other.canvas.image.astype(np.int16) - self.canvas.image).mean()
        return moved < _SAME_POSE and float(changed) < _SAME_PICTURE
