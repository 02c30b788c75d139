"""The skin as a mesh: normals, areas and volume of many triangles at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vertices = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class SkinMeasures:
    """normals (V, 3) float32; areas (V,) square metres, a third of the faces around; volume."""

    normals: Vertices
    areas: NDArray[np.float64]
    volume: float


class Skin:
    """One topology of triangles (F, 3) over V vertices."""

    def __init__(self, faces: NDArray[np.int32], count: int) -> None:
        """`count` is V."""
        self.faces = faces
        self._count = count
        self._first, self._second, self._third = np.ascontiguousarray(faces.T)
        self._corners = faces.T.ravel()  # first corners, then second, then third

    def normals(self, vertices: Vertices) -> Vertices:
        """Unit normals (V, 3), the mean of the faces around weighted by their area."""
        return self._normals(self._crosses(np.ascontiguousarray(vertices.T)))

    def volume(self, vertices: Vertices) -> float:
        """Cubic metres inside."""
        columns = np.ascontiguousarray(vertices.T)
        return self._volume(columns, self._crosses(columns))

    def measured(self, vertices: Vertices) -> SkinMeasures:
        """All of it in one go."""
        columns = np.ascontiguousarray(vertices.T)
        crosses = self._crosses(columns)
        third = np.sqrt((crosses * crosses).sum(axis=0)) / 6
        areas = np.bincount(self._corners, np.tile(third, 3), self._count).astype(np.float64)
        return SkinMeasures(self._normals(crosses), areas, self._volume(columns, crosses))

    def _normals(self, crosses: Vertices) -> Vertices:
        summed = np.stack(
            [np.bincount(self._corners, np.tile(axis, 3), self._count) for axis in crosses]
        )
        summed /= np.maximum(np.sqrt((summed * summed).sum(axis=0)), 1e-12)
        return np.ascontiguousarray(summed.T, np.float32)

    def _volume(self, columns: Vertices, crosses: Vertices) -> float:
        return float((columns[:, self._first] * crosses).sum(dtype=np.float64) / 6)

    def _crosses(self, columns: Vertices) -> Vertices:
        """Twice the area of each face along its normal, (3, F), from vertices (3, V)."""
        start = columns[:, self._first]
        ax, ay, az = columns[:, self._second] - start
        bx, by, bz = columns[:, self._third] - start
        return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])
