"""The skin as a mesh: normals and volume of many triangles at once."""

import numpy as np
from numpy.typing import NDArray

Vertices = NDArray[np.float32]


class Skin:
    """One topology of triangles (F, 3) over V vertices."""

    def __init__(self, faces: NDArray[np.int32], count: int) -> None:
        """`count` is V."""
        self.faces = faces
        self._count = count
        self._corners = faces.T.ravel()  # first corners, then second, then third

    def normals(self, vertices: Vertices) -> Vertices:
        """Unit normals (V, 3), the mean of the faces around weighted by their area."""
        cross = np.tile(self._crosses(vertices), (3, 1))
        summed = [np.bincount(self._corners, cross[:, axis], self._count) for axis in range(3)]
        normals = np.stack(summed, axis=1)
        size = np.linalg.norm(normals, axis=1, keepdims=True)
        return (normals / np.maximum(size, 1e-12)).astype(np.float32)

    def areas(self, vertices: Vertices) -> NDArray[np.float64]:
        """A third of the area of the faces around each vertex, (V,) square metres."""
        area = np.linalg.norm(self._crosses(vertices), axis=1) / 6
        return np.bincount(self._corners, np.tile(area, 3), self._count).astype(np.float64)

    def volume(self, vertices: Vertices) -> float:
        """Cubic metres inside."""
        first = vertices[self.faces[:, 0]].astype(np.float64)
        return float((first * self._crosses(vertices)).sum() / 6)

    def _crosses(self, vertices: Vertices) -> NDArray[np.float64]:
        a, b, c = (vertices[self.faces[:, corner]].astype(np.float64) for corner in range(3))
        return np.cross(b - a, c - a)
