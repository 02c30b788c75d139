"""Triangle meshes that furniture is put together from, before they have a material."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.synthesis.surface import Material, Role, Surface


@dataclass(frozen=True, eq=False)
class Mesh:
    """vertices (V, 3) float32 metres; faces (F, 3) int32; uv (V, 2) float32 metres.

    tint (V, 3) float32 linear factors on the colour.
    """

    vertices: NDArray[np.float32]
    faces: NDArray[np.int32]
    uv: NDArray[np.float32]
    tint: NDArray[np.float32]

    @staticmethod
    def of(vertices: NDArray, faces: NDArray, uv: NDArray) -> "Mesh":
        """A mesh without tint; arrays of any number type."""
        points = np.ascontiguousarray(vertices, np.float32)
        tint = np.ones_like(points)
        return Mesh(points, np.ascontiguousarray(faces, np.int32), uv.astype(np.float32), tint)

    @staticmethod
    def joined(meshes: Sequence["Mesh"]) -> "Mesh":
        """Several meshes as one; needs at least one."""
        starts = np.cumsum([0, *(len(one.vertices) for one in meshes[:-1])]).astype(np.int32)
        return Mesh(
            np.concatenate([one.vertices for one in meshes]),
            np.concatenate([one.faces + at for one, at in zip(meshes, starts, strict=True)]),
            np.concatenate([one.uv for one in meshes]),
            np.concatenate([one.tint for one in meshes]),
        )

    def copies(self, shifts: NDArray) -> "Mesh":
        """The mesh once at each of `shifts` (N, 3)."""
        count, size = len(shifts), len(self.vertices)
        starts = (np.arange(count, dtype=np.int32) * size)[:, None, None]
        return Mesh(
            (self.vertices + shifts[:, None].astype(np.float32)).reshape(-1, 3),
            (self.faces + starts).reshape(-1, 3),
            np.tile(self.uv, (count, 1)),
            np.tile(self.tint, (count, 1)),
        )

    def moved(self, shift: Sequence[float] | NDArray) -> "Mesh":
        """The mesh elsewhere; `shift` (3,) metres."""
        return replace(self, vertices=self.vertices + np.asarray(shift, np.float32))

    def turned(self, rotation: NDArray) -> "Mesh":
        """The mesh turned about the origin; `rotation` (3, 3)."""
        return replace(self, vertices=self.vertices @ rotation.T.astype(np.float32))

    def tinted(self, colour: Sequence[float] | NDArray) -> "Mesh":
        """The mesh with its colours multiplied by a linear `colour` (3,)."""
        return replace(self, tint=self.tint * np.asarray(colour, np.float32))

    def surface(self, role: Role, material: Material) -> Surface:
        """The mesh made of a material."""
        parts = np.zeros(len(self.faces), np.uint8)
        return Surface(self.vertices, self.faces, self.uv, role, material, parts, self.tint)


def yaw(radians: float) -> NDArray[np.float64]:
    """The rotation about the vertical axis, counter-clockwise seen from above."""
    c, s = np.cos(radians), np.sin(radians)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def bounds(points: NDArray) -> tuple[NDArray, NDArray]:
    """Least and greatest coordinates (K,) of points (N, K); many times faster than along rows."""
    columns = np.ascontiguousarray(points.T)
    return columns.min(axis=1), columns.max(axis=1)
