"""Split the long edges of a mesh, so that cloth bends more finely than the skin below it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.wardrobe.mesh.triangles import Faces, Vectors, edges_of


@dataclass(frozen=True, eq=False)
class Refined:
    """A mesh some of whose edges got a vertex in the middle.

    Vertex i is the middle of vertices ends[i] (K, 2) int32 of the old mesh, both the same where
    it is an old one; faces (F, 3) int32; source (F,) the old face that each is a piece of.
    """

    ends: NDArray[np.int32]
    faces: Faces
    source: NDArray[np.int64]

    def carried(self, values: NDArray[np.floating]) -> NDArray[np.floating]:
        """Values (V, ...) of the old mesh at the vertices of this one."""
        first, second = self.ends.T
        return 0.5 * (values.take(first, axis=0) + values.take(second, axis=0))

    def rounded(self, vertices: Vectors, normals: Vectors) -> Vectors:
        """Positions (K, 3) with new vertices on an arc over their edge instead of its chord."""
        first, second = vertices[self.ends[:, 0]], vertices[self.ends[:, 1]]
        start, end = normals[self.ends[:, 0]], normals[self.ends[:, 1]]
        along = second - first
        rise = np.einsum("ij,ij->i", along, start)[:, None] * start
        fall = np.einsum("ij,ij->i", along, end)[:, None] * end
        return 0.5 * (first + second) - 0.125 * (rise - fall)


def split_long_edges(faces: Faces, vertices: Vectors, longest: float) -> Refined:
    """Halve every edge longer than this once; only vertices that faces use are kept."""
    edges, of_side = edges_of(faces)
    lengths = np.linalg.norm(vertices[edges[:, 0]] - vertices[edges[:, 1]], axis=1)
    used = np.unique(faces)
    number = np.full(len(vertices), -1, np.int32)
    number[used] = np.arange(len(used))
    cut = lengths > longest
    middle = np.full(len(edges), -1, np.int32)
    middle[cut] = len(used) + np.arange(cut.sum())
    ends = np.concatenate([np.stack([used, used], axis=1), edges[cut]]).astype(np.int32)
    pieces = _pieces(number[faces], middle[of_side])
    sources = [source for source, _ in pieces]
    return Refined(ends, np.concatenate([one for _, one in pieces]), np.concatenate(sources))


def _pieces(faces: Faces, middles: Faces) -> list[tuple[NDArray[np.int64], Faces]]:
    """Faces split by how many of their sides have a middle; middle k lies on side (k, k + 1)."""
    count = (middles >= 0).sum(axis=1)
    pieces = [(np.flatnonzero(count == 0), faces[count == 0])]
    for sides in (1, 2, 3):
        chosen = np.flatnonzero(count == sides)
        # Turned so that the first `sides` sides are the ones with a middle.
        first = _first_side(middles[chosen] >= 0, sides)
        turn = (first[:, None] + np.arange(3)) % 3
        a, b, c = np.take_along_axis(faces[chosen], turn, axis=1).T
        ab, bc, ca = np.take_along_axis(middles[chosen], turn, axis=1).T
        pattern = {
            1: [(a, ab, c), (ab, b, c)],
            2: [(ab, b, bc), (a, ab, bc), (a, bc, c)],
            3: [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)],
        }[sides]
        pieces += [(chosen, np.stack(corners, axis=1)) for corners in pattern]
    return pieces


def _first_side(has_middle: NDArray[np.bool_], sides: int) -> NDArray[np.int64]:
    if sides == 2:
        return (has_middle.argmin(axis=1) + 1) % 3
    return has_middle.argmax(axis=1) if len(has_middle) else np.zeros(0, np.int64)
