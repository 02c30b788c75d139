"""Finds the next frame that deserves a look; no Qt."""

import numpy as np
from numpy.typing import NDArray


def next_below(
    scores: NDArray[np.float32], threshold: float, *, frame: int, direction: int
) -> int | None:
    """The nearest frame after (direction > 0) or before `frame` that scores under the threshold.

    Frames without a score (NaN) are passed over.
    """
    if direction > 0:
        hits = np.flatnonzero(scores[frame + 1 :] < threshold)
        return frame + 1 + int(hits[0]) if len(hits) else None
    hits = np.flatnonzero(scores[: max(frame, 0)] < threshold)
    return int(hits[-1]) if len(hits) else None


def next_of(frames: NDArray[np.int64], *, frame: int, direction: int) -> int | None:
    """The nearest of some ascending frames after (direction > 0) or before `frame`."""
    if direction > 0:
        at = int(np.searchsorted(frames, frame, side="right"))
        return int(frames[at]) if at < len(frames) else None
    at = int(np.searchsorted(frames, frame, side="left"))
    return int(frames[at - 1]) if at > 0 else None
