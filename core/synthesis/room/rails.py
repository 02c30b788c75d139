"""Bars, rails and edges around what an infant lies in."""

import numpy as np
from numpy.typing import NDArray

from core.synthesis.room.mesh import Mesh
from core.synthesis.room.solids import box, tube

_BAR_GAP = 0.08  # metres between the middles of a cot's bars
_LET_DOWN = 0.5  # how often the sides towards the camera are down
_CLOSE = 0.45  # metres before the lens that stay free of bars
_BELOW = 0.3  # metres that a cot reaches below the mattress's surface


def bars_around(size: tuple[float, float], rng: np.random.Generator, lens: NDArray) -> Mesh:
    """A cot's bars and rails around a mattress of this width and length.

    `lens` (3,): where the camera is in the cot's frame; sides close before it are let down.
    """
    height = float(rng.uniform(0.2, 0.45))
    half = np.array(size) / 2 + 0.03
    square, let_down = bool(rng.random() < 0.5), float(rng.random()) < _LET_DOWN
    post = box((0.05, 0.05, height + _BELOW + 0.06), (0, 0, (height - _BELOW + 0.06) / 2))
    pieces = [_frame(half, -0.15, 0.04)]
    corners = np.zeros((0, 3))
    for axis in (0, 1):
        for sign in (-1.0, 1.0):
            away = sign * lens[axis] - half[axis]
            near = abs(away) < _CLOSE and lens[2] < height + _CLOSE
            if near or (away > 0 and let_down):
                continue
            ends = _side(half, axis, sign)
            corners = np.concatenate([corners, ends[[0, -1]]])
            pieces += [_bar(height, square).copies(ends[1:-1]), _rail(ends, height, 0.04)]
    posts = np.unique(corners, axis=0)
    return Mesh.joined([*pieces, post.copies(posts)] if len(posts) else pieces)


def rim_around(size: tuple[float, float], height: float) -> Mesh:
    """The visible edges of clear walls: the rim on top, the four uprights, the tray below."""
    half = np.array(size) / 2 + 0.015
    upright = tube([(0, 0, -0.1), (0, 0, height)], 0.004, sides=6).copies(_corners(half))
    tray = box((2 * half[0], 2 * half[1], 0.04), (0, 0, -0.12))
    return Mesh.joined([_frame(half, height, 0.014), upright, tray])


def _frame(half: NDArray, height: float, thickness: float) -> Mesh:
    """Four bars along a rectangle's sides."""
    long = box((thickness * 0.7, 2 * half[1] + thickness, thickness), (0, 0, height))
    short = box((2 * half[0], thickness * 0.7, thickness), (0, 0, height))
    return Mesh.joined([
        long.copies(np.array([[-half[0], 0, 0], [half[0], 0, 0]])),
        short.copies(np.array([[0, -half[1], 0], [0, half[1], 0]])),
    ])  # fmt: skip


def _corners(half: NDArray) -> NDArray[np.float64]:
    signs = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]])
    return signs * np.array([*half, 0.0])


def _side(half: NDArray, axis: int, sign: float) -> NDArray[np.float64]:
    """Where the bars of one side stand, from corner to corner, (N, 3)."""
    reach = half[1 - axis]
    count = max(round(2 * reach / _BAR_GAP), 2)
    spots = np.zeros((count + 1, 3))
    spots[:, axis] = sign * half[axis]
    spots[:, 1 - axis] = np.linspace(-reach, reach, count + 1)
    return spots


def _rail(spots: NDArray, height: float, thickness: float) -> Mesh:
    size = np.abs(spots[-1] - spots[0]) + thickness * np.array([0.7, 0.7, 1.0])
    middle = (spots[0] + spots[-1]) / 2
    return box(size, (middle[0], middle[1], height))


def _bar(height: float, square: bool) -> Mesh:
    if square:
        return box((0.016, 0.016, height + 0.15), (0, 0, (height - 0.15) / 2))
    return tube([(0, 0, -0.15), (0, 0, height)], 0.009, sides=6)
