"""Draws the curve of confidence into an array of pixels; pure numpy, some milliseconds at most.

Qt's own polylines take tens of milliseconds for a ragged curve of a thousand points.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.stage.envelope import lowest_envelope

RGB = tuple[int, int, int]

_LINE = 1.5  # thickness, in logical pixels
_FILL = 0.18
_SHADE = 0.10


@dataclass(frozen=True)
class CurveLook:
    """Colours and threshold; `density` is device pixels for each logical pixel."""

    sure: RGB
    doubtful: RGB
    threshold: float
    density: float = 1.0


@dataclass(frozen=True)
class Window:
    """What is in view: frames [start, stop), scores from 0 to `top`, in device pixels."""

    start: float
    stop: float
    top: float
    width: int
    height: int


def score_picture(
    scores: NDArray[np.float32], window: Window, look: CurveLook
) -> NDArray[np.uint8]:
    """A premultiplied RGBA picture (height, width, 4) of the scores.

    A line with a light fill below, in another colour under the threshold; columns with a score
    under it are shaded from top to bottom. Columns without a score are clear.
    """
    values = column_values(scores, window)
    rows = np.arange(window.height, dtype=np.float32)[:, None]
    per_score = np.float32(window.height / window.top)
    line_at = np.float32(window.height) - values * per_score
    fill = _coverage(rows + 1 - line_at[None, :]) * np.float32(_FILL)
    line = _line_coverage(rows, line_at, _LINE * look.density)
    curve = fill + line - fill * line
    low = values < look.threshold  # NaN is not low
    shade = (1 - curve) * np.where(low, np.float32(_SHADE), np.float32(0))

    doubtful = rows >= window.height - look.threshold * per_score
    picture = np.empty((window.height, window.width, 4), np.uint8)
    for channel, (sure, unsure) in enumerate(zip(look.sure, look.doubtful, strict=True)):
        colour = np.where(doubtful, np.float32(unsure), np.float32(sure))
        picture[..., channel] = colour * curve + np.float32(unsure) * shade + 0.5
    picture[..., 3] = 255 * (curve + shade) + 0.5
    return picture


def column_values(scores: NDArray[np.float32], window: Window) -> NDArray[np.float32]:
    """One score for each column (width,): the lowest of its frames, or between two frames."""
    span = window.stop - window.start
    if span >= window.width:
        return _lowest(scores, window)
    return _between(scores, window)


def _lowest(scores: NDArray[np.float32], window: Window) -> NDArray[np.float32]:
    curve = lowest_envelope(scores, start=window.start, stop=window.stop, columns=window.width)
    if not len(curve):
        return np.full(window.width, np.nan, np.float32)
    return curve.lowest[np.arange(window.width) * len(curve) // window.width]


def _between(scores: NDArray[np.float32], window: Window) -> NDArray[np.float32]:
    """Each frame's score stands at its middle; up to the first frame that has none."""
    near = slice(max(int(window.start) - 1, 0), int(np.ceil(window.stop)) + 1)
    part = scores[near]
    unknown = np.flatnonzero(np.isnan(part))
    known = part[: unknown[0]] if len(unknown) else part
    per_column = (window.stop - window.start) / window.width
    at = window.start - near.start + (np.arange(window.width) + 0.5) * per_column
    if not len(known):
        return np.full(window.width, np.nan, np.float32)
    values = np.interp(at, np.arange(len(known)) + 0.5, known).astype(np.float32)
    values[at >= len(known)] = np.nan
    return values


def _line_coverage(
    rows: NDArray[np.float32], line_at: NDArray[np.float32], thickness: float
) -> NDArray[np.floating]:
    """How much of each pixel a line covers that runs half way to the columns beside it."""
    before = np.concatenate([line_at[:1], line_at[:-1]])
    after = np.concatenate([line_at[1:], line_at[-1:]])
    ends = np.stack([line_at, (line_at + before) / 2, (line_at + after) / 2])
    top = np.fmin.reduce(ends) - thickness / 2
    bottom = np.fmax.reduce(ends) + thickness / 2
    return _coverage(rows + 1 - top) * _coverage(bottom - rows)


def _coverage(pixels: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.fmin(np.fmax(pixels, np.float32(0)), np.float32(1))  # NaN covers nothing
