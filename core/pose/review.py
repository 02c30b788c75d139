"""Which frames a person should look at: a score for each frame, and the way to the next one."""

import numpy as np
from numpy.typing import NDArray

from core.pose.pose_edit import Corrections
from core.pose.pose_track import Pose, PoseTrack, Source

_BLOCK_FRAMES = 4096  # fits the processor's cache
_ALL_CHECKED = 1.0  # the score of a frame whose every limb point a person has placed or removed


def frame_scores(
    track: PoseTrack, corrections: Corrections | None = None, *, predicted: int | None = None
) -> NDArray[np.float32]:
    """Score of each frame (T,): the lowest confidence of the limb points that no person placed.

    `track` is a model's, without corrections. A frame without an infant scores 0. A frame from
    `predicted` on is NaN, because no model has looked at it yet.
    """
    limbs = track.skeleton.limb_indices
    scores = np.full(len(track), np.nan, np.float32)
    known = len(track) if predicted is None else min(predicted, len(track))
    for start in range(0, known, _BLOCK_FRAMES):
        block = track.confidence[start : min(start + _BLOCK_FRAMES, known)]
        by_limb = np.ascontiguousarray(block.T)[limbs]  # rows: four times as fast as columns
        scores[start : start + len(block)] = by_limb.min(axis=0, initial=_ALL_CHECKED)
    if corrections is not None:
        for frame in corrections.frames[corrections.frames < known].tolist():
            pose = corrections.over(track.pose(frame), frame)
            scores[frame] = frame_score(pose, limbs)
    return scores


def frame_score(pose: Pose, limbs: NDArray[np.intp]) -> float:
    """Score of one pose with its corrections laid over it; `limbs` is Skeleton.limb_indices."""
    by_model = pose.source[limbs] == Source.MODEL
    return float(np.min(pose.confidence[limbs], where=by_model, initial=_ALL_CHECKED))


def low_stretches(scores: NDArray[np.float32], threshold: float) -> NDArray[np.intp]:
    """Neighbouring frames below the threshold as rows [start, stop), shape (N, 2), in order."""
    low = np.concatenate([[False], scores < threshold, [False]])  # NaN is not low
    return np.flatnonzero(low[1:] != low[:-1]).reshape(-1, 2)


def next_low(
    scores: NDArray[np.float32], threshold: float, *, current: int, direction: int
) -> int | None:
    """The nearest frame beyond `current` that is the worst of its stretch of low frames.

    `direction` is 1 for forwards, -1 for backwards; None if there is none that way. One frame for
    each stretch: once it is corrected, the rest of the stretch is a stretch of its own.
    """
    stretches = low_stretches(scores, threshold)
    if direction > 0:
        number = int(np.searchsorted(stretches[:, 1], current + 1, side="right"))
    else:
        number = int(np.searchsorted(stretches[:, 0], current, side="left")) - 1
    for start, stop in stretches[number::direction][:2] if number >= 0 else ():
        worst = int(start + np.argmin(scores[start:stop]))
        if (worst - current) * direction > 0:
            return worst
    return None


def next_in(frames: NDArray[np.int64], current: int, direction: int) -> int | None:
    """The nearest of these ascending frames beyond `current`, forwards (1) or backwards (-1)."""
    if direction > 0:
        position = int(np.searchsorted(frames, current, side="right"))
    else:
        position = int(np.searchsorted(frames, current, side="left")) - 1
    return int(frames[position]) if 0 <= position < len(frames) else None
