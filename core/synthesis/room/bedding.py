"""Soft things to lie on, which give way under the body."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.room.mesh import Mesh, bounds
from core.synthesis.room.relief import Heights, Raster, grown, ridges, sheet, shrunk, smooth
from core.synthesis.room.subject import Subject

_CELL = 0.012  # metres between the cloth's vertices near the body
_COARSE = 0.05  # farther away
_NEAR = 0.12  # metres around the body that count as near
_GAP = 0.002  # metres that the cloth keeps below the skin
_FOLDS = ((0.12, 1.0), (0.05, 0.6), (0.35, 0.7))  # metres between folds and their share of height
_CONTACT = 0.015  # metres above the support at which skin still presses on it


@dataclass(frozen=True)
class Pad:
    """A mattress, mat or spread cloth; metres.

    size: width and length; thickness; softness: how deep the body sinks in; wrinkles: height of
    folds; rims: height and width of raised borders on the long sides (and at the head); corner:
    radius of the corners; ragged: how far the border strays from a straight line.
    """

    size: tuple[float, float]
    thickness: float
    softness: float = 0.0
    wrinkles: float = 0.0
    rims: tuple[float, float] = (0.0, 0.1)
    corner: float = 0.03
    ragged: float = 0.0


def laid(
    pad: Pad, subject: Subject, rng: np.random.Generator, place: tuple[float, float, float]
) -> Mesh:
    """The pad under a person, pressed down where they lie; world metres.

    `place`: where its middle lies in the person's ground frame (x, y) and by how many radians it
    is turned there.
    """
    points = _on_pad(subject.ground_points, place)
    lines = [_axis(points[:, k], pad.size[k] / 2, pad.corner) for k in (0, 1)]
    x, y = _outlined(pad, np.meshgrid(*lines), rng)
    heights = _pressed(_shape(pad, x, y, rng), x, y, points, pad.softness)
    mesh = _skirted(pad, x, y, heights)
    vertices = subject.in_world(_off_pad(mesh.vertices, place))
    return Mesh.of(vertices, mesh.faces, mesh.uv + rng.random(2))


def _on_pad(points: NDArray, place: tuple[float, float, float]) -> NDArray[np.float32]:
    c, s = np.cos(place[2]), np.sin(place[2])
    x, y = points[:, 0] - place[0], points[:, 1] - place[1]
    return np.stack([c * x + s * y, c * y - s * x, points[:, 2]], axis=1).astype(np.float32)


def _off_pad(points: NDArray, place: tuple[float, float, float]) -> NDArray[np.float32]:
    c, s = np.cos(place[2]), np.sin(place[2])
    x, y = c * points[:, 0] - s * points[:, 1], s * points[:, 0] + c * points[:, 1]
    return np.stack([x + place[0], y + place[1], points[:, 2]], axis=1).astype(np.float32)


def _axis(reach: NDArray, half: float, corner: float) -> NDArray[np.float64]:
    """Where grid lines lie: close together near the body and at the rounded corners."""
    low, high = max(reach.min() - _NEAR, -half), min(reach.max() + _NEAR, half)
    if low >= high:
        return np.linspace(-half, half, int(2 * half / _COARSE) + 2)
    spans = [(-half, low, _COARSE), (low, high, _CELL), (high, half, _COARSE)]
    lines = [np.linspace(a, b, max(int(np.ceil((b - a) / step)), 1) + 1)
             for a, b, step in spans if b - a > 1e-6]  # fmt: skip
    rim = np.array([0.2, 0.5, 1.0]) * corner
    return np.unique(np.round(np.concatenate([*lines, rim - half, half - rim]), 4))


def _outlined(
    pad: Pad, lines: Sequence[NDArray], rng: np.random.Generator
) -> tuple[NDArray, NDArray]:
    """The grid of x and y with its corners drawn in to arcs and borders that stray."""
    flat, half = np.stack(lines, axis=-1), np.array(pad.size) / 2
    inner = half - pad.corner
    past = np.maximum(np.abs(flat) - inner, 0)
    length = np.maximum(np.linalg.norm(past, axis=-1, keepdims=True), 1e-9)
    drawn = past * past.max(axis=-1, keepdims=True) / length
    flat = np.sign(flat) * (np.minimum(np.abs(flat), inner) + drawn)
    if pad.ragged:
        phase, wave = rng.uniform(0, 6.28, 2), rng.uniform(5, 9, 2)
        across = flat[..., ::-1] * wave
        stray = np.sin(across + phase) + 0.5 * np.sin(2.3 * across)
        flat = flat + pad.ragged * np.sign(flat) * (flat / half) ** 2 * stray
    return flat[..., 0], flat[..., 1]


def _shape(pad: Pad, x: NDArray, y: NDArray, rng: np.random.Generator) -> Heights:
    """The pad's surface before anybody lies on it; z = 0 is where a hard one would be."""
    half = np.array(pad.size) / 2
    heights = np.full(x.shape, pad.softness, np.float32)
    if pad.wrinkles:
        raster = Raster.over(-half, half, _CELL)
        for length, share in _FOLDS:
            folds = ridges(rng, raster.shape, _CELL, length)
            heights += pad.wrinkles * share * raster.sampled(folds, x, y, outside=0.0)
    if pad.rims[0]:
        heights += pad.rims[0] * _rim(pad, x, y)
    return heights


def _rim(pad: Pad, x: NDArray, y: NDArray) -> Heights:
    """0 on the flat, 1 on the crest of the borders at both long sides, half at the short ones."""
    side, end = (
        np.sqrt(np.clip(1 - np.abs((size / 2 - np.abs(at)) / pad.rims[1] - 0.5) * 2, 0, 1))
        for size, at in zip(pad.size, (x, y), strict=True)
    )
    return np.maximum(side, 0.5 * end).astype(np.float32)


def _pressed(heights: Heights, x: NDArray, y: NDArray, points: NDArray, softness: float) -> Heights:
    """Lowered under the body, so that it lies in a hollow and nothing reaches through its skin."""
    low, high = bounds(points)
    raster = Raster.over(low - _NEAR, high + _NEAR, _CELL)
    lowest = raster.lowest(points)
    ceiling = shrunk(np.minimum(lowest, 9.0), 2) - _GAP
    contact = grown((lowest < _CONTACT + softness).astype(np.float32), 1)
    hollow = smooth(contact, 3.0) * softness
    sunk = heights - raster.sampled(hollow, x, y, outside=0.0)
    return np.minimum(sunk, raster.sampled(ceiling, x, y, outside=9.0))


def _skirted(pad: Pad, x: NDArray, y: NDArray, heights: Heights) -> Mesh:
    """The surface with sides down to the floor, a little rounded at the top."""
    top = heights - min(pad.thickness, 0.03) * 0.4
    top[1:-1, 1:-1] = heights[1:-1, 1:-1]
    walled = np.full((x.shape[0] + 2, x.shape[1] + 2), -pad.thickness, np.float32)
    walled[1:-1, 1:-1] = top
    return sheet(np.pad(x, 1, mode="edge"), np.pad(y, 1, mode="edge"), walled)
