"""Canvases from recordings: frames spread over time that show the infant, and corrected ones."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.pose.pose_track import Pose
from core.prediction.crop import Crop
from core.prediction.finder import whole_frame
from core.prediction.predictor import Predictor
from core.progress import Progress
from core.training.data.canvas import Canvas, Framing, cut_canvas
from core.training.data.canvas_set import CanvasSet
from core.training.data.corrected_frames import body_of, labels_of
from core.training.data.infant_mask import infant_mask, with_room
from core.training.data.labelled_canvases import crop_of_labels
from core.training.data.target_footage import Footage
from core.video.source import VideoSource, open_video

_SAME_POSE = 0.015  # mean movement in sides of the crop
_SAME_PICTURE = 3.0  # mean difference of grey levels of the canvases
_FEWEST = 8  # frames with which adaptation can begin


@dataclass(frozen=True)
class Gathered:
    """What became of the frames that were looked at: kept, and why others were not.

    Of the canvases, the `corrected` have labels.
    """

    canvases: CanvasSet
    corrected: int
    looked_at: int
    without_infant: int
    near_duplicates: int


def gather_footage(
    recordings: Sequence[Footage], predictor: Predictor, frames: int, framing: Framing = "found"
) -> Generator[Progress, None, Gathered]:
    """Cut out all corrected frames, and about `frames` others; longer recordings give more.

    Raises:
        BadVideo: a recording cannot be read.
        BadInput: too few frames show an infant.
    """
    collection = _Collection(predictor, framing)
    shares = _shares(recordings, frames)
    done = 0
    for number, footage in enumerate(recordings):
        with open_video(footage.path) as source:
            chosen = _chosen(footage, source.info.frame_count, shares[number])
            shares[number] = len(chosen) + footage.corrected_count
            for _ in collection.gather(source, footage, chosen):
                done += 1
                yield Progress(done, sum(shares), "choosing frames")
    if len(collection.canvases) < _FEWEST:
        raise BadInput(
            f"{recordings[0].path}: only {len(collection.canvases)} different frames show an "
            f"infant; adaptation needs {_FEWEST} at least. Choose longer or more recordings."
        )
    return collection.gathered()


@dataclass(frozen=True, eq=False)
class _Kept:
    """The frame of a recording that was kept last."""

    canvas: Canvas
    relative: NDArray[np.float64]  # its keypoints in sides of the crop

    def shows_same(self, other: "_Kept") -> bool:
        moved = float(np.nanmean(np.linalg.norm(other.relative - self.relative, axis=1)))
        changed = np.abs(other.canvas.image.astype(np.int16) - self.canvas.image).mean()
        return moved < _SAME_POSE and float(changed) < _SAME_PICTURE


class _Collection:
    """Grows by one frame at a time."""

    def __init__(self, predictor: Predictor, framing: Framing) -> None:
        self._predictor, self._framing = predictor, framing
        self.canvases: list[Canvas] = []
        self._names: list[str] = []
        self._groups: list[str] = []
        self._corrected, self._without, self._duplicates, self._looked_at = 0, 0, 0, 0

    def gather(
        self, source: VideoSource, footage: Footage, chosen: NDArray[np.intp]
    ) -> Generator[None]:
        """Take the corrected frames of a recording and the chosen ones, one at each step."""
        if footage.corrected is not None:
            for number, frame in enumerate(footage.corrected.frames.tolist()):
                self._take(source, footage, frame, footage.corrected.poses.pose(number))
                yield
        last: _Kept | None = None
        for frame in chosen.tolist():
            last = self._look(source, footage, frame, last)
            yield

    def gathered(self) -> Gathered:
        found = CanvasSet.of(self.canvases, self._names, self._groups)
        return Gathered(found, self._corrected, self._looked_at, self._without, self._duplicates)

    def _take(self, source: VideoSource, footage: Footage, frame: int, pose: Pose) -> None:
        """Keep a corrected frame, unless nothing tells where in it the infant is."""
        image = source.read(frame).image
        self._looked_at += 1
        crop = crop_of_labels(body_of(pose))
        if crop is None:
            found = self._predictor.predict_image(image, footage.roi, careful=False)
            crop = None if found.is_empty else self._crop(found)
        if crop is None:
            self._without += 1
            return
        self._corrected += 1
        self._keep(self._cut(image, crop, labels_of(pose)), footage, frame)

    def _look(
        self, source: VideoSource, footage: Footage, frame: int, last: _Kept | None
    ) -> _Kept | None:
        """Keep a frame if it shows an infant, and not what the last one showed; gives the last."""
        image = source.read(frame).image
        pose = self._predictor.predict_image(image, footage.roi, careful=False)
        self._looked_at += 1
        if pose.is_empty:
            self._without += 1
            return last
        crop = self._crop(pose)
        relative = (pose.xy.astype(np.float64) - crop.centre) / crop.side
        found = _Kept(self._cut(image, crop), relative)
        if last is not None and last.shows_same(found):
            self._duplicates += 1
            return last
        self._keep(found.canvas, footage, frame)
        return found

    def _keep(self, canvas: Canvas, footage: Footage, frame: int) -> None:
        self.canvases.append(canvas)
        self._names.append(f"{footage.path.name}:{frame}")
        self._groups.append(footage.path.name)

    def _crop(self, pose: Pose) -> Crop:
        return self._predictor.crop_of(pose)

    def _cut(
        self, image: NDArray[np.uint8], crop: Crop, xy: NDArray[np.float64] | None = None
    ) -> Canvas:
        shown = Crop.whole(whole_frame(image)) if self._framing == "whole" else crop
        mask = None
        if self._predictor.segmenter is not None:
            network = self._predictor.segmenter.network
            mask = infant_mask(network, image, with_room(crop), shown)
        return cut_canvas(image, shown, xy, mask)


def _shares(recordings: Sequence[Footage], frames: int) -> list[int]:
    """How many frames each recording gives: by the root of its length, so short ones are heard."""
    if len(recordings) == 1:
        return [frames]
    roots = np.sqrt(np.array([_open_length(footage) for footage in recordings], np.float64))
    return np.ceil(frames * roots / max(roots.sum(), 1e-9)).astype(int).tolist()


def _open_length(footage: Footage) -> int:
    """How many frames there are to choose from."""
    length = footage.length
    if length is None:  # all of them open at once would fill the memory with decoders
        with open_video(footage.path) as source:
            length = source.info.frame_count
    return len(footage.unlabelled(length))


def _chosen(footage: Footage, length: int, count: int) -> NDArray[np.intp]:
    there = footage.unlabelled(length)
    if not len(there):
        return there
    return there[spread(len(there), min(count, len(there)))]


def spread(length: int, count: int) -> NDArray[np.intp]:
    """`count` frame numbers in the middles of equal stretches of a recording."""
    return ((np.arange(count) + 0.5) * length / count).astype(np.intp)
