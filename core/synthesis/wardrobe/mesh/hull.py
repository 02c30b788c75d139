"""Smooth closed bags around many points, for mittens, the feet of sleepsuits, hats, sacks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.wardrobe.mesh.triangles import Faces, Vectors

_SHARPNESS = 5  # doublings of the exponent: 32 rounds the corners off by a few per cent


@dataclass(frozen=True, eq=False)
class Globe:
    """A sphere of rows from the tip (pole, +X) backwards, seamed where the columns meet.

    directions (N, 3) float32; faces (F, 3) int32; polar and turn (N,) angles of each vertex;
    probes (K, 3) the directions in which points are measured.
    """

    directions: Vectors
    faces: Faces
    polar: NDArray[np.floating]
    turn: NDArray[np.floating]
    probes: Vectors
    nearness: NDArray[np.floating]  # (N, K), how far each vertex's direction goes along a probe

    @staticmethod
    def of(rows: int, columns: int, end: float = np.pi) -> "Globe":
        """Rows and columns of quads; `end` < pi leaves it open there."""
        polar, turn = np.meshgrid(
            np.linspace(0.02, end - 0.02, rows + 1), np.linspace(-np.pi, np.pi, columns + 1),
            indexing="ij",
        )  # fmt: skip
        polar, turn = polar.ravel().astype(np.float32), turn.ravel().astype(np.float32)
        directions = np.stack(
            [np.cos(polar), np.sin(polar) * np.cos(turn), np.sin(polar) * np.sin(turn)], axis=1
        )
        probes = _spiral(160)
        nearness = np.maximum(directions @ probes.T, 0)
        return Globe(directions, _grid_faces(rows, columns), polar, turn, probes, nearness)

    def around(self, points: Vectors, frame: Vectors, margin: float) -> Vectors:
        """A rounded hull (N, 3) of points (P, 3); frame's rows are the globe's axes in the world.

        `margin` in metres is the least way from the points to the bag.
        """
        local = points @ frame.T
        centre, half = _box(local, margin)
        # Measured in a box made cubic, so that long bags have as many rows at the ends.
        support = ((local - centre) / half @ self.probes.T).max(axis=0)
        support += margin * np.linalg.norm(self.probes / half, axis=1)
        ratio = self.nearness / np.maximum(support, 1e-3)
        largest = ratio.max(axis=1, keepdims=True)
        power = ratio / largest
        for _ in range(_SHARPNESS):
            power = power * power
        reach = 1 / (largest[:, 0] * power.sum(axis=1) ** (1 / 2**_SHARPNESS))
        return (self.directions * reach[:, None] * half + centre) @ frame

    def polar_of(
        self, places: Vectors, points: Vectors, frame: Vectors, margin: float
    ) -> NDArray[np.floating]:
        """The polar angles (N,) at which places (N, 3) lie under the bag around points."""
        centre, half = _box(points @ frame.T, margin)
        away = (places @ frame.T - centre) / half
        return np.arccos(np.clip(away[:, 0] / np.linalg.norm(away, axis=1), -1, 1))


def _box(local: Vectors, margin: float) -> tuple[Vectors, Vectors]:
    """Middle and half size of the box around points (P, 3)."""
    low, high = local.min(axis=0) - margin, local.max(axis=0) + margin
    return (low + high) / 2, (high - low) / 2


def _spiral(count: int) -> Vectors:
    """Directions spread evenly over the sphere."""
    at = np.arange(count) + 0.5
    polar, turn = np.arccos(1 - 2 * at / count), np.pi * (1 + 5**0.5) * at
    parts = [np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)]
    return np.stack(parts, axis=1).astype(np.float32)


def _grid_faces(rows: int, columns: int) -> Faces:
    """Two triangles a quad, outward where the rows run away from the pole."""
    at = np.arange((rows + 1) * (columns + 1), dtype=np.int32).reshape(rows + 1, columns + 1)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]
    faces = np.stack([np.stack([a, d, c], -1), np.stack([a, c, b], -1)], axis=2)
    return faces.reshape(-1, 3)
