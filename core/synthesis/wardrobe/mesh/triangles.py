"""Topology of triangle meshes as index arrays, and their normals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.floating]  # (N, 3)
Faces = NDArray[np.int32]  # (F, 3)


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Who is joined to whom: table (N, V) int32, padded with the vertex itself; count (V, 1)."""

    table: NDArray[np.int32]
    count: NDArray[np.floating]

    def mean(self, values: Vectors) -> Vectors:
        """The mean over each vertex's neighbours, (V, K); a vertex without any keeps its own."""
        total = (self.count - len(self.table)) * values
        for row in self.table:  # a handful; summing along a short axis takes ten times as long
            total += values.take(row, axis=0)
        return total / np.maximum(self.count, 1)

    def among(self, chosen: NDArray[np.int32]) -> "Neighbours":
        """The neighbours within some of the vertices, numbered among them."""
        number = np.full(self.table.shape[1], -1, np.int32)
        own = np.arange(len(chosen), dtype=np.int32)
        number[chosen] = own
        table = number[self.table[:, chosen]]
        joined = (table >= 0) & (table != own)
        count = joined.sum(axis=0, dtype=np.float32)[:, None]
        return Neighbours(np.where(joined, table, own), count)


def renumbered(
    count: int, *indices: NDArray[np.int32]
) -> tuple[NDArray[np.int32], list[NDArray[np.int32]]]:
    """Those of `count` vertices that occur in any of the indices, and the indices among them."""
    number = np.zeros(count, np.int32)
    for one in indices:
        number[one] = 1
    used = np.flatnonzero(number).astype(np.int32)
    number[used] = np.arange(len(used), dtype=np.int32)
    return used, [number[one] for one in indices]


def edges_of(faces: Faces) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Undirected edges (E, 2), lower end first, and the edge of each side of a face (F, 3).

    Side k of a face joins its corners k and k + 1.
    """
    sides = np.stack([faces, np.roll(faces, -1, axis=1)], axis=-1).reshape(-1, 2)
    edges, of_side = np.unique(np.sort(sides, axis=1), axis=0, return_inverse=True)
    return edges.astype(np.int32), of_side.reshape(-1, 3)


def neighbours_of(faces: Faces, vertices: int) -> Neighbours:
    """The neighbours of every vertex of a mesh."""
    edges, _ = edges_of(faces)
    both = np.concatenate([edges, edges[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    count = np.bincount(both[:, 0], minlength=vertices)
    first = np.cumsum(count) - count
    table = np.tile(np.arange(vertices, dtype=np.int32), (count.max(), 1))
    table[np.arange(len(both)) - first[both[:, 0]], both[:, 0]] = both[:, 1]
    return Neighbours(table, count[:, None].astype(np.float32))


def smoothed(values: NDArray[np.floating], neighbours: Neighbours, rounds: int) -> Vectors:
    """Values (V, K) blended with their neighbours' some rounds over."""
    for _ in range(rounds):
        values = 0.5 * (values + neighbours.mean(values))
    return values
