"""Moments in which two models see what a test wants them to see."""

import numpy as np
from numpy.typing import NDArray

from core.verdict.watched import SeenByOne, Watched

MOMENTS, VIEWS = 12, 8
_POSE = np.random.default_rng(5).uniform(0.2, 0.8, (16, 2))


def seen(
    *, error: float = 0.0, spread: float = 0.001, tremble: float = 0.0, shift: float = 0.0
) -> SeenByOne:
    """Looks at one pose: a constant error per moment, one per view, one per frame of a run."""
    rng = np.random.default_rng(1)

    def noise(*shape: int) -> NDArray[np.float64]:
        return rng.standard_normal((*shape, 16, 2))

    places = _POSE + shift + error * noise(MOMENTS)
    views = places[:, None] + spread * noise(MOMENTS, VIEWS)
    run = views[:, :1] + tremble * noise(MOMENTS, 3)
    run[:, 1] = views[:, 0]
    return SeenByOne(views, np.full((MOMENTS, VIEWS, 16), 0.8), run)


def watched(before: SeenByOne, after: SeenByOne, *, labelled: int = 0) -> Watched:
    """Two recordings; the first moments have labels, where the pose is, but for one point."""
    labels = np.full((MOMENTS, 16, 2), np.nan)
    labels[:labelled] = _POSE
    labels[:, 0] = np.nan
    return Watched(
        recording=np.arange(MOMENTS) // (MOMENTS // 2),
        frame=np.arange(MOMENTS),
        seconds=np.arange(MOMENTS).astype(np.float64),
        side=np.full(MOMENTS, 200.0),
        infant=np.full((MOMENTS, 8, 8), 255, np.uint8),
        labels=labels,
        before=before,
        after=after,
    )
