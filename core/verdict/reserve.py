"""Keep the last stretch of each recording from the training, so that it can judge what came out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.pose.pose_track import PoseTrack
from core.training.data.corrected_frames import CorrectedFrames
from core.training.data.footage import whole_length
from core.training.data.target_footage import Footage

SHARE: Final = 0.15  # of a recording's open frames
_FEWEST = 8  # frames kept back; fewer say nothing
_MOST = 1 / 3  # of the open frames; a recording that had to give up more is learnt from whole
_GAP, _NARROWEST, _WIDEST = 0.05, 2, 50  # of the open frames, and in frames


@dataclass(frozen=True, eq=False)
class Reserved:
    """What the training may see, and what judges it afterwards; no frame is in both."""

    learnt: tuple[Footage, ...]
    kept_back: tuple[Footage, ...]


def reserve(footage: Sequence[Footage], share: float = SHARE) -> Reserved:
    """Keep back the end of each recording: about `share` of its open frames, 8 at least.

    A gap before it goes to neither side, because neighbours in time hardly differ; so do corrected
    frames in the gap. Other corrected frames go to the side on which they lie, before or after,
    inside the stretches or not. A recording that is too short to give up so many is learnt from
    whole. The same footage is always divided in the same way.

    Raises:
        BadVideo: a recording of which the length is not given cannot be opened.
    """
    learnt: list[Footage] = []
    kept_back: list[Footage] = []
    for one in footage:
        length = whole_length(one)
        is_open = _open_frames(one, length)
        begin = _begin(is_open, share)
        if begin is None:
            learnt.append(one)
            continue
        end = begin - _gap(int(is_open.sum()))
        learnt.append(_part(one, is_open, 0, end))
        kept_back.append(_part(one, is_open, begin, length))
    return Reserved(tuple(learnt), tuple(kept_back))


def _open_frames(footage: Footage, length: int) -> NDArray[np.bool_]:
    """Which frames were chosen, (length,), corrected ones among them."""
    return np.isin(np.arange(length), replace(footage, corrected=None).unlabelled(length))


def _begin(is_open: NDArray[np.bool_], share: float) -> int | None:
    """The first frame that is kept back, None where the recording is too short."""
    frames = np.flatnonzero(is_open)
    count = max(round(share * len(frames)), _FEWEST)
    if count > _MOST * len(frames):
        return None
    return int(frames[-count])


def _gap(count: int) -> int:
    """How many frames of the recording lie between what is learnt and what is kept back."""
    return min(max(round(_GAP * count), _NARROWEST), _WIDEST)


def _part(footage: Footage, is_open: NDArray[np.bool_], start: int, stop: int) -> Footage:
    """The same recording between two frames; always with stretches, because none mean all."""
    inside = is_open.copy()
    inside[:start] = inside[stop:] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    stretches = tuple((int(a), int(b)) for a, b in edges.reshape(-1, 2))
    corrected = _between(footage.corrected, start, stop)
    return replace(footage, stretches=stretches, corrected=corrected, length=len(is_open))


def _between(corrected: CorrectedFrames | None, start: int, stop: int) -> CorrectedFrames | None:
    if corrected is None:
        return None
    at = np.flatnonzero((corrected.frames >= start) & (corrected.frames < stop))
    if not len(at):
        return None
    skeleton = corrected.poses.skeleton
    poses = PoseTrack.stack(skeleton, [corrected.poses.pose(int(number)) for number in at])
    return CorrectedFrames(corrected.frames[at], poses)
