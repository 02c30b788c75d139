"""Smooth the points that a model placed, over the true times of a recording.

Method: local regression (Cleveland, "Robust locally weighted regression and smoothing
scatterplots", JASA 1979) with parabolas, which follow a movement to its peak and do not mind uneven
times; each point weighs as the square of its confidence. Single wild points are left out first by
Hampel's rule, because a parabola would bend to them and make their neighbours look wild too.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.pose.pose_track import PoseTrack, Source, Visibility

HALF_WIDTH: Final = 0.17  # seconds to each side; chosen with benchmarks/smoothing.py
_MOST_FRAMES = 60  # to each side, for recordings of very many frames a second
_FEWEST = 5.0  # points in a window; a parabola goes through any three
_NEIGHBOURS = 3  # frames to each side, whose median says which points are wild
_WILD = 4.5  # median distances from that median; three standard deviations of normal noise
_BLOCK = 4096  # frames that are smoothed in one go
_EXACT = 1e-3  # pixels; less than that is no distance

Floats = NDArray[np.float64]


def smoothed(track: PoseTrack, times: Floats, half_width: float = HALF_WIDTH) -> PoseTrack:
    """The same poses, each point of the model's replaced by what it and its neighbours in time say.

    Points that a person placed or that were filled in stay where they are, and pull the model's
    points beside them. Confidence, visibility and absent points stay as they are, and so does a
    point with fewer than four others within reach.

    Args:
        track: T frames.
        times: of the frames in seconds, ascending, (T,).
        half_width: how far a point looks to each side, in seconds.
    """
    if not len(track):
        return track
    seconds = np.asarray(times, np.float64)
    reach = _reach(seconds, half_width)
    margin = reach + _NEIGHBOURS
    parts: list[NDArray[np.float32]] = []
    for start in range(0, len(track), _BLOCK):  # memory does not grow with the recording
        first, stop = max(start - margin, 0), min(start + _BLOCK, len(track))
        last = min(stop + margin, len(track))
        window = _Window.of(track.part(first, last), seconds[first:last], half_width, reach)
        parts.append(_moved(track.part(first, last), window)[start - first : stop - first])
    return replace(track, xy=np.concatenate(parts))


def _moved(track: PoseTrack, window: "_Window") -> NDArray[np.float32]:
    fitted, has_enough = window.fit(window.weights * window.tameness())
    is_models = (track.source == Source.MODEL) & (track.visibility != Visibility.ABSENT)
    return np.where((is_models & has_enough)[..., None], fitted, track.xy).astype(np.float32)


def _reach(times: Floats, half_width: float) -> int:
    """How many frames to each side a window may have."""
    steps = np.diff(times)
    usual = float(np.median(steps[steps > 0])) if (steps > 0).any() else half_width
    return min(int(np.ceil(half_width / usual)), _MOST_FRAMES)


@dataclass(frozen=True, eq=False)
class _Window:
    """Points (T, K, 2), 0 where absent; weights (T, K), 0 there; times (T,); the reach."""

    xy: Floats
    weights: Floats
    times: Floats
    half_width: float
    reach: int  # frames to each side

    @staticmethod
    def of(track: PoseTrack, times: Floats, half_width: float, reach: int) -> "_Window":
        is_there = np.isfinite(track.xy).all(-1) & (track.visibility != Visibility.ABSENT)
        confidence = np.where(is_there, np.maximum(track.confidence, 0.05), 0.0)
        xy = np.where(is_there[..., None], track.xy, 0.0).astype(np.float64)
        weights = confidence.astype(np.float64) ** 2
        return _Window(xy, weights, times, half_width, min(reach, len(times) - 1))

    def fit(self, weights: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """The parabolas' values (T, K, 2) in the middle, and where there was enough for one."""
        frames, points = self.weights.shape
        moments = np.zeros((5, frames, points))
        sums = np.zeros((3, frames, points, 2))
        count = np.zeros((frames, points))
        for offset in range(-self.reach, self.reach + 1):
            here, there = _overlapping(frames, offset)
            apart = (self.times[there] - self.times[here]) / self.half_width
            kernel = np.clip(1 - np.abs(apart) ** 3, 0, None) ** 3
            weight = kernel[:, None] * weights[there]
            count[here] += weight > 0
            for power in range(5):
                moments[power, here] += weight * apart[:, None] ** power
            for power in range(3):
                sums[power, here] += (weight * apart[:, None] ** power)[..., None] * self.xy[there]
        has_enough = count >= _FEWEST
        return _middles(moments, sums, has_enough), has_enough

    def tameness(self) -> Floats:
        """How far each point (T, K) is to be believed: 1 near its neighbours' median, 0 far off."""
        xy = np.where(self.weights[..., None] > 0, self.xy, np.nan)
        near = _neighbours(xy, min(_NEIGHBOURS, self.reach))
        is_lone = np.asarray(~np.isfinite(near).any(axis=(0, 3)))
        middle = np.nanmedian(np.where(is_lone[..., None], 0.0, near), axis=0)
        apart = np.linalg.norm(np.where(is_lone[..., None], 0.0, near) - middle, axis=-1)
        usual = np.nanmedian(apart, axis=0)
        share = np.linalg.norm(self.xy - middle, axis=-1) / (_WILD * np.maximum(usual, _EXACT))
        return np.clip(1 - share**2, 0, None) ** 2


def _neighbours(xy: Floats, reach: int) -> Floats:
    """Points (T, K, 2) with those of the frames about them, (2 * reach + 1, T, K, 2); or NaN."""
    found = np.full((2 * reach + 1, *xy.shape), np.nan)
    for offset in range(-reach, reach + 1):
        here, there = _overlapping(len(xy), offset)
        found[offset + reach, here] = xy[there]
    return found


def _overlapping(frames: int, offset: int) -> tuple[slice, slice]:
    """Frames that have a neighbour so many frames on, and those neighbours."""
    here = slice(max(-offset, 0), frames - max(offset, 0))
    return here, slice(here.start + offset, here.stop + offset)


def _middles(moments: Floats, sums: Floats, has_enough: NDArray[np.bool_]) -> Floats:
    """Solve the normal equations of each parabola for its value at 0."""
    matrix = np.stack([np.stack([moments[i + j] for j in range(3)], -1) for i in range(3)], -2)
    scale = np.maximum(matrix[..., 0, 0], 1e-12)[..., None, None]
    plain = np.where(has_enough[..., None, None], matrix / scale, np.eye(3))
    right = np.moveaxis(sums, 0, -2) / scale
    return np.linalg.solve(plain + 1e-9 * np.eye(3), right)[..., 0, :].astype(np.float64)
