"""Height fields: how high or low bodies reach over the ground, and sheets with given heights."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.synthesis.room.mesh import Mesh
from core.synthesis.room.solids import lattice

Heights = NDArray[np.float32]  # (rows along y, columns along x), metres


@dataclass(frozen=True, eq=False)
class Raster:
    """Square cells over the ground: lower left corner, side of a cell, rows and columns."""

    x: float
    y: float
    cell: float
    shape: tuple[int, int]

    @staticmethod
    def over(low: NDArray, high: NDArray, cell: float) -> "Raster":
        """Cells of this side that cover the rectangle between two corners (2,)."""
        columns, rows = np.ceil((np.asarray(high) - np.asarray(low))[:2] / cell).astype(int) + 1
        return Raster(float(low[0]), float(low[1]), cell, (int(rows), int(columns)))

    def highest(self, points: NDArray) -> Heights:
        """How high the points (N, 3) reach in each cell; -inf where there are none."""
        heights = np.full(self.shape, -np.inf, np.float32)
        rows, columns, inside = self._cells(points)
        np.maximum.at(heights, (rows, columns), points[inside, 2].astype(np.float32))
        return heights

    def lowest(self, points: NDArray) -> Heights:
        """How low the points (N, 3) reach in each cell; inf where there are none."""
        return -self.highest(points * np.array([1, 1, -1], np.float32))

    def sampled(self, heights: Heights, x: NDArray, y: NDArray, outside: float) -> Heights:
        """Heights of the nearest cells at (x, y); `outside` beyond the raster."""
        column = np.round((x - self.x) / self.cell - 0.5).astype(int)
        row = np.round((y - self.y) / self.cell - 0.5).astype(int)
        inside = (column >= 0) & (row >= 0) & (column < self.shape[1]) & (row < self.shape[0])
        found = np.full(np.shape(x), outside, np.float32)
        found[inside] = heights[row[inside], column[inside]]
        return found

    def _cells(self, points: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        column = np.floor((points[:, 0] - self.x) / self.cell).astype(int)
        row = np.floor((points[:, 1] - self.y) / self.cell).astype(int)
        inside = (column >= 0) & (row >= 0) & (column < self.shape[1]) & (row < self.shape[0])
        return row[inside], column[inside], inside


def grown(heights: Heights, cells: int) -> Heights:
    """Each cell as high as the highest within this many cells (a disc)."""
    side = 2 * cells + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.dilate(heights, disc), np.float32)


def shrunk(heights: Heights, cells: int) -> Heights:
    """Each cell as low as the lowest within this many cells (a disc)."""
    return -grown(-heights, cells)


def smooth(heights: Heights, cells: float) -> Heights:
    """Blurred with a deviation of this many cells."""
    blurred = cv2.GaussianBlur(heights, (0, 0), cells, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred, np.float32)


def ridges(rng: np.random.Generator, shape: tuple[int, int], cell: float, length: float) -> Heights:
    """Folds in a cloth about `length` metres apart, from 0 (flat) to 1 (crest)."""
    rows, columns = (max(int(np.ceil(n * cell / length)) + 3, 4) for n in shape)
    coarse = rng.standard_normal((rows, columns)).astype(np.float32)
    noise = cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC)
    crest = np.clip(1 - 2.2 * np.abs(noise), 0, 1)
    return np.asarray(crest * crest, np.float32)


def sheet(x: NDArray, y: NDArray, heights: Heights) -> Mesh:
    """A mesh over the grid points (x, y), both growing, with these heights; all (R, C)."""
    vertices = np.stack([x, y, heights], axis=-1).reshape(-1, 3)
    return Mesh.of(vertices, lattice(*heights.shape), vertices[:, :2])
