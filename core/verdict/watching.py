"""Show the frames that were kept back to both models, through the same squares."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.networks.load import SegmentationNetwork
from core.pose.pose_track import Pose
from core.prediction.consensus import VIEWS
from core.prediction.crop import Body, Crop
from core.prediction.follower import follow
from core.prediction.looker import Image, Looker
from core.prediction.predictor import Predictor
from core.prediction.region import Region
from core.progress import Progress
from core.training.data.corrected_frames import body_of, labels_of
from core.training.data.footage import spread
from core.training.data.infant_mask import infant_mask, with_room
from core.training.data.labelled_canvases import crop_of_labels
from core.training.data.target_footage import Footage
from core.verdict.watched import Moment, Seen
from core.video.source import VideoSource, open_video

RIGHT: Final = 0.05  # of the square's side: the error up to which a point counts as right
MOST: Final = 96  # un-labelled moments; a minute or two on two cores
MOST_OF_ONE: Final = 48
_FEWEST_OF_ONE = 4


@dataclass(frozen=True)
class Pair:
    """The two models, and the network that outlines the infant for both."""

    before: Looker
    after: Looker
    outliner: SegmentationNetwork

    @staticmethod
    def of(base: Predictor, model: Predictor, outliner: SegmentationNetwork) -> "Pair":
        """As two predictors look at the frames of recordings."""
        return Pair(base.swift or base.looker, model.swift or model.looker, outliner)


def watch(
    kept_back: Sequence[Footage], pair: Pair, most: int = MOST
) -> Generator[Progress, None, list[Moment]]:
    """Show all corrected frames and about `most` others, spread over the recordings and over time.

    The square is where a person's points are; else where the old model follows the infant, as it
    does in the product; else, where it finds none, the new one's. Frames without an infant for
    both are left out.

    Raises:
        BadVideo: a recording cannot be read.
        BadInput: a region lies outside its frames.
    """
    moments: list[Moment] = []
    chosen = [_chosen(one, share) for one, share in _shares(kept_back, most)]
    done, total = 0, sum(map(len, chosen))
    for number, (footage, frames) in enumerate(zip(kept_back, chosen, strict=True)):
        if not len(frames):
            continue
        with open_video(footage.path) as source:
            watcher = _Watcher(source, footage, pair)
            for frame in frames.tolist():
                moment = watcher.moment(number, frame)
                moments += [] if moment is None else [moment]
                done += 1
                yield Progress(done, total, "comparing both models")
    return moments


def _shares(kept_back: Sequence[Footage], most: int) -> list[tuple[Footage, int]]:
    """How many un-labelled frames each recording gives; of very many, some give none."""
    count = max(len(kept_back), 1)
    heard = set(spread(count, min(count, max(most // _FEWEST_OF_ONE, 1))).tolist())
    each = min(most // len(heard), MOST_OF_ONE)
    return [(one, each if number in heard else 0) for number, one in enumerate(kept_back)]


def _chosen(footage: Footage, count: int) -> NDArray[np.intp]:
    """All corrected frames and `count` others, ascending."""
    there = footage.unlabelled(_length(footage))
    some = there[spread(len(there), min(count, len(there)))] if len(there) and count else there[:0]
    if footage.corrected is None:
        return some
    return np.union1d(some, footage.corrected.frames)


def _length(footage: Footage) -> int:
    return footage.length if footage.length is not None else max(b for _, b in footage.stretches)


class _Watcher:
    """Looks at one recording, from its first frame to its last."""

    def __init__(self, source: VideoSource, footage: Footage, pair: Pair) -> None:
        self._source, self._footage, self._pair = source, footage, pair
        self._last: Body | None = None

    def moment(self, recording: int, frame: int) -> Moment | None:
        images = self._images(frame)
        if self._source.info.file_names and not Region.touches(self._footage.roi, images[0]):
            return None
        region = Region.of(self._footage.roi, images[0])
        shown = [region.of_image(image) for image in images]
        pose = self._corrected(frame)
        crop = None if pose is None else crop_of_labels(_in_region(body_of(pose), region))
        crop = crop or self._found(shown)
        if crop is None:
            return None
        middle = shown[len(shown) // 2]
        labels = np.full((16, 2), np.nan)
        if pose is not None:
            labels = crop.affine(1)(_in_region(labels_of(pose), region))
        mask = infant_mask(self._pair.outliner, middle, with_room(crop), crop)
        before, after = (seen(one, shown, crop) for one in (self._pair.before, self._pair.after))
        info = self._source.info
        seconds = float(info.times[frame] if info.file_names is None else frame)
        return Moment(recording, frame, seconds, crop, mask, labels, before, after)

    def _images(self, frame: int) -> list[Image]:
        """The frame; in a film between its neighbours, unless it is the first or the last."""
        info = self._source.info
        if info.file_names is None and 0 < frame < info.frame_count - 1:
            return [one.image for one in self._source.frames(frame - 1, frame + 2)]
        return [self._source.read(frame).image]

    def _corrected(self, frame: int) -> Pose | None:
        corrected = self._footage.corrected
        at = [] if corrected is None else np.flatnonzero(corrected.frames == frame)
        return corrected.poses.pose(int(at[0])) if corrected is not None and len(at) else None

    def _found(self, shown: Sequence[Image]) -> Crop | None:
        """The square through which the product follows the infant."""
        is_film = self._source.info.file_names is None
        look = follow(shown, self._last if is_film else None, self._pair.before)[len(shown) // 2]
        self._last = look.body if look else None
        look = look or follow(shown, None, self._pair.after)[len(shown) // 2]
        return look.crop if look else None


def seen(looker: Looker, shown: Sequence[Image], crop: Crop) -> Seen:
    """What a model sees in a frame, or in three of which it is the middle one."""
    middle = shown[len(shown) // 2]
    varied = [crop.varied(turn, zoom, is_mirrored=flip) for turn, zoom, flip in VIEWS[1:]]
    others = [image for image in shown if image is not middle]
    crops = [crop, *varied, *[crop] * len(others)]
    looks = looker.look([middle] * (1 + len(varied)) + others, crops)
    places = crop.affine(1)(np.stack([look.body.xy for look in looks]))
    views = places[: 1 + len(varied)]
    confidence = np.stack([look.body.confidence for look in looks[: len(views)]])
    run = np.full((3, *views.shape[1:]), np.nan)
    if len(others) == 2:
        run[:] = places[-2], views[0], places[-1]
    return Seen(views, confidence.astype(np.float64), run)


def _in_region(xy: NDArray[np.float64], region: Region) -> NDArray[np.float64]:
    return xy - np.array([region.left, region.top], np.float64)
