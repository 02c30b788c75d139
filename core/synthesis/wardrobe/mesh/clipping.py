"""Cut meshes along iso-lines of a field, so that hems run smoothly across triangles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.wardrobe.mesh.triangles import Faces, renumbered

LEAST_SHARE = 0.02  # cuts keep this far from a corner, so that no sliver has no area

Index = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Cutting:
    """The part of a mesh where a field is positive.

    Vertex i lies `share[i]` of the way from `ends[i, 0]` to `ends[i, 1]`, vertices of the mesh
    that was cut (both the same where nothing was cut). faces (F, 3) int32; source (F,) the face
    that each is a piece of; hem (B, 2) int32 edges along the iso-line, in the direction of their
    faces, whose numbers are hem_faces (B,).
    """

    ends: Index
    share: NDArray[np.floating]
    faces: Faces
    source: NDArray[np.int64]
    hem: Index
    hem_faces: NDArray[np.int64]

    def carried(self, values: NDArray[np.floating]) -> NDArray[np.floating]:
        """Values of the cut mesh's vertices, (V, ...), at the vertices of this one."""
        first, second = (values.take(one, axis=0) for one in self.ends.T)
        share = self.share.reshape(-1, *([1] * (values.ndim - 1)))
        return first + share * (second - first)


def cut_out(
    faces: Faces, field: NDArray[np.floating], chosen: NDArray[np.bool_] | None = None
) -> Cutting:
    """The part of a mesh where `field` (V,) is positive; may be empty.

    chosen (V,): with it only faces that have a corner among these are cut.
    """
    inside = field > 0
    at = inside.view(np.uint8).take(faces)
    count = at[:, 0] + at[:, 1] + at[:, 2]
    if chosen is not None:
        wanted = chosen.take(faces)
        count[~(wanted[:, 0] | wanted[:, 1] | wanted[:, 2])] = 0
    whole = np.flatnonzero(count == 3)
    lone, pair = np.flatnonzero(count == 1), np.flatnonzero(count == 2)
    # Corner a is the odd one out: alone inside (lone), or alone outside (pair).
    a, b, c = _odd_first(faces[lone], inside[faces[lone]]).T
    d, e, f = _odd_first(faces[pair], ~inside[faces[pair]]).T
    used, (inner, a, e, f) = renumbered(len(field), faces[whole], a, e, f)
    ends, (ab, ac, ed, fd) = _cuts(
        len(field), (used[a], b), (used[a], c), (used[e], d), (used[f], d)
    )
    ab, ac, ed, fd = (one + len(used) for one in (ab, ac, ed, fd))
    pieces = [inner, np.stack([a, ab, ac], 1), np.stack([e, f, ed], 1), np.stack([f, fd, ed], 1)]
    starts = np.cumsum([0, *(len(one) for one in pieces)])
    hem_faces = np.concatenate([np.arange(*starts[1:3]), np.arange(*starts[3:5])])
    cut_faces = np.concatenate(pieces).astype(np.int32)
    ends = np.concatenate([np.stack([used, used], axis=1), ends]).astype(np.int32)
    source = np.concatenate([whole, lone, pair, pair])
    hem = cut_faces[hem_faces, 1:]
    return Cutting(ends, _shares(ends, field, len(used)), cut_faces, source, hem, hem_faces)


def _odd_first(corners: Faces, odd: NDArray[np.bool_]) -> Faces:
    """Corners (N, 3) turned so that the odd one comes first."""
    first = odd.argmax(axis=1) if len(odd) else np.zeros(0, np.int64)
    turn = (first[:, None] + np.arange(3)) % 3
    return np.take_along_axis(corners, turn, axis=1)


def _cuts(vertices: int, *pairs: tuple[Index, Index]) -> tuple[Index, list[NDArray[np.int64]]]:
    """The different edges (C, 2) among pairs of inner and outer ends, and each pair's edge."""
    keys = [first.astype(np.int64) * vertices + second for first, second in pairs]
    edges, of_key = np.unique(np.concatenate(keys), return_inverse=True)
    ends = np.stack([edges // vertices, edges % vertices], axis=1).astype(np.int32)
    return ends, np.split(of_key, np.cumsum([len(one) for one in keys])[:-1])


def _shares(ends: Index, field: NDArray[np.floating], uncut: int) -> NDArray[np.floating]:
    share = np.zeros(len(ends), np.float32)
    start, end = field[ends[uncut:]].T
    share[uncut:] = np.clip(start / (start - end), LEAST_SHARE, 1 - LEAST_SHARE)
    return share
