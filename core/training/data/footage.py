"""Un-labelled canvases from recordings: frames spread over time that show the infant."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from core.errors import BadInput
from core.pose.pose_track import Pose
from core.prediction.crop import Body, Crop
from core.prediction.predictor import Predictor
from core.progress import Progress
from core.training.data.canvas import Canvas, cut_canvas, cut_mask
from core.training.data.canvas_set import CanvasSet
from core.video.source import VideoSource, open_video

_MASK_ROOM = 1.4  # of the crop: the segmentation network wants room around the body
_SAME_POSE = 0.015  # mean movement in sides of the crop
_SAME_PICTURE = 3.0  # mean difference of grey levels of the canvases
_FEWEST = 8  # frames with which adaptation can begin


@dataclass(frozen=True)
class Gathered:
    """What became of the frames that were looked at: kept, and why others were not."""

    canvases: CanvasSet
    looked_at: int
    without_infant: int
    near_duplicates: int


def gather_footage(
    recordings: Sequence[Path], predictor: Predictor, frames: int
) -> Generator[Progress, None, Gathered]:
    """Choose about `frames` frames of the recordings, longer ones giving more, and cut them out.

    Raises:
        BadVideo: a recording cannot be read.
        BadInput: too few frames show an infant.
    """
    collection = _Collection(predictor)
    shares = _shares(recordings, frames)
    done = 0
    for path, count in zip(recordings, shares, strict=True):
        with open_video(path) as source:
            for index in _spread(source.info.frame_count, count):
                collection.look(source, path.name, int(index))
                done += 1
                yield Progress(done, sum(shares), "choosing frames")
    if len(collection.canvases) < _FEWEST:
        raise BadInput(
            f"{recordings[0]}: only {len(collection.canvases)} different frames show an infant; "
            f"adaptation needs {_FEWEST} at least. Choose longer or more recordings."
        )
    return collection.gathered()


class _Collection:
    """Grows by one frame at a time."""

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor
        self.canvases: list[Canvas] = []
        self._names: list[str] = []
        self._groups: list[str] = []
        self._poses: list[NDArray[np.float64]] = []
        self._without, self._duplicates, self._looked_at = 0, 0, 0

    def look(self, source: VideoSource, name: str, index: int) -> None:
        image = source.read(index).image
        pose = self._predictor.predict_image(image)
        self._looked_at += 1
        if pose.is_empty:
            self._without += 1
            return
        canvas, relative = self._cut(image, pose)
        if self._is_known(canvas, relative, name):
            self._duplicates += 1
            return
        self.canvases.append(canvas)
        self._poses.append(relative)
        self._names.append(f"{name}:{index}")
        self._groups.append(name)

    def gathered(self) -> Gathered:
        found = CanvasSet.of(self.canvases, self._names, self._groups)
        return Gathered(found, self._looked_at, self._without, self._duplicates)

    def _cut(self, image: NDArray[np.uint8], pose: Pose) -> tuple[Canvas, NDArray[np.float64]]:
        body = Body(pose.xy, pose.confidence, self._predictor.skeleton)
        crop = body.crop(body.turn)
        relative = (pose.xy.astype(np.float64) - crop.centre) / crop.side
        return cut_canvas(image, crop, infant=self._mask(image, crop)), relative

    def _mask(self, image: NDArray[np.uint8], crop: Crop) -> NDArray[np.uint8] | None:
        if self._predictor.segmenter is None:
            return None
        network = self._predictor.segmenter.network
        wide = Crop(crop.centre, _MASK_ROOM * crop.side, crop.degrees)
        pixels = torch.from_numpy(wide.cut(image, network.card.input_size)).permute(2, 0, 1)
        with torch.inference_mode():
            probability = network.probabilities(pixels[None])[0, 0].cpu().numpy()
        return cut_mask(probability, wide.affine(len(probability)).inverse, crop)

    def _is_known(self, canvas: Canvas, relative: NDArray[np.float64], name: str) -> bool:
        """Whether the last frame kept of this recording shows almost the same."""
        if not self._groups or self._groups[-1] != name:
            return False
        moved = float(np.nanmean(np.linalg.norm(relative - self._poses[-1], axis=1)))
        changed = np.abs(canvas.image.astype(np.int16) - self.canvases[-1].image).mean()
        return moved < _SAME_POSE and float(changed) < _SAME_PICTURE


def _shares(recordings: Sequence[Path], frames: int) -> list[int]:
    """How many frames each recording gives: by the root of its length, so short ones are heard."""
    lengths = []
    for path in recordings:
        with open_video(path) as source:
            lengths.append(source.info.frame_count)
    roots = np.sqrt(np.array(lengths, np.float64))
    wanted = np.ceil(frames * roots / roots.sum()).astype(int)
    return [min(int(count), length) for count, length in zip(wanted, lengths, strict=True)]


def _spread(length: int, count: int) -> NDArray[np.intp]:
    """`count` frame numbers in the middles of equal stretches of a recording."""
    return ((np.arange(count) + 0.5) * length / count).astype(np.intp)
