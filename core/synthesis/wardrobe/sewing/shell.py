"""A piece of cloth that follows the body: cut from the skin's mesh, lifted, bridged and folded."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.wardrobe.mesh.clipping import Cutting
from core.synthesis.wardrobe.mesh.triangles import Faces, Vectors, renumbered
from core.synthesis.wardrobe.sewing.cloth_mesh import ClothMesh
from core.synthesis.wardrobe.sewing.folds import fold_depths
from core.synthesis.wardrobe.template.wearer import Wearer


@dataclass(frozen=True, eq=False)
class Drape:
    """How cloth lies over the skin.

    lift (V,) metres over the body's vertices on the template; least: the share of it that bridging
    leaves everywhere; rounds of smoothing, which carry cloth over creases; folds and slack in
    metres; patterns (K, P) of `fold_patterns` on the cloth mesh's points.
    """

    lift: NDArray[np.floating]
    rounds: int
    folds: float
    slack: float
    patterns: NDArray[np.floating]
    least: float = 0.6


class Shell:
    """One piece of cloth, sewn once and laid on the body in each frame."""

    def __init__(
        self, mesh: ClothMesh, cutting: Cutting, drape: Drape, rim: float, planar: bool = False
    ) -> None:
        """`cutting` of the mesh's doubled vertices; `rim` is the hem's thickness in metres.

        faces (F, 3) int32; parts (F,) uint8; uv (K, 2) and template (K, 3) float32, where the
        vertices lie in the cloth and on the spread template; planar: uv seen from the front.
        """
        self._drape, self._rim = drape, rim
        origin = mesh.seamed.origin[cutting.ends]
        points, (self._ends,) = renumbered(len(mesh.points), origin)
        middles = mesh.refined.ends[points]
        self._body, (self._middles,) = renumbered(len(drape.lift), middles)
        self._share = cutting.share[:, None]
        self._patterns = drape.patterns[points]
        self._lift = drape.lift[self._body][:, None]
        self._deepest = -0.8 * drape.least * drape.lift[middles].mean(axis=1)
        self._neighbours = mesh.body_neighbours.among(self._body)
        edge, (hem,) = renumbered(len(cutting.ends), cutting.hem)
        self._edge = edge
        self.faces = np.concatenate([cutting.faces, _rim(cutting, hem)]).astype(np.int32)
        self.parts = np.concatenate([
            mesh.parts[cutting.source],
            np.repeat(mesh.parts[cutting.source[cutting.hem_faces]], 2),
        ]).astype(np.uint8)  # fmt: skip
        template = cutting.carried(mesh.points[mesh.seamed.origin])
        uv = template[:, [0, 2]] * (1, -1) if planar else cutting.carried(mesh.seamed.uv)
        self.template: Vectors = np.concatenate([template, template[edge]])
        self.uv: Vectors = np.concatenate([uv, uv[edge]]).astype(np.float32)

    def vertices(self, wearer: Wearer) -> Vectors:
        """Where the cloth lies, (K, 3) float32 metres."""
        scale = wearer.scale
        skin = wearer.posed.vertices.take(self._body, axis=0)
        normals = wearer.posed.normals.take(self._body, axis=0)
        laid = self._bridged(skin, normals, self._lift * scale)
        first, second = self._middles.T
        start, end = normals.take(first, axis=0), normals.take(second, axis=0)
        points = _rounded(laid.take(first, axis=0), laid.take(second, axis=0), start, end)
        outward = 0.5 * (start + end)
        drape = self._drape
        depths = fold_depths(wearer.bends, drape.folds * scale, drape.slack * scale)
        # Valleys of folds stop short of the skin.
        raised = np.maximum(self._patterns @ depths, self._deepest * scale)
        points = points + raised[:, None] * outward
        start, end = (points.take(ends, axis=0) for ends in self._ends.T)
        cloth = start + self._share * (end - start)
        inward = -self._rim * scale * outward[self._ends[self._edge, 0]]
        return np.concatenate([cloth, cloth[self._edge] + inward]).astype(np.float32)

    def _bridged(self, skin: Vectors, normals: Vectors, lift: Vectors) -> Vectors:
        """Smooth cloth that keeps its distance from the skin."""
        laid = skin + lift * normals
        least = self._drape.least * lift[:, 0]
        for _ in range(self._drape.rounds):
            laid = 0.5 * (laid + self._neighbours.mean(laid))
            lack = least - np.einsum("ij,ij->i", laid - skin, normals)
            laid += np.maximum(lack, 0)[:, None] * normals
        return laid


def _rounded(first: Vectors, second: Vectors, start: Vectors, end: Vectors) -> Vectors:
    """Middles of edges, on an arc that their ends' normals (start, end) suggest."""
    along = second - first
    rise = np.einsum("ij,ij->i", along, start)[:, None] * start
    fall = np.einsum("ij,ij->i", along, end)[:, None] * end
    return 0.5 * (first + second) - 0.125 * (rise - fall)


def _rim(cutting: Cutting, below: NDArray[np.int32]) -> Faces:
    """Faces that turn the hem inward; below (B, 2): the rim's vertices, after the cloth's."""
    start, end = cutting.hem.T
    under_start, under_end = below.T + len(cutting.ends)
    upper = np.stack([end, start, under_start], axis=1)
    lower = np.stack([end, under_start, under_end], axis=1)
    return np.stack([upper, lower], axis=1).reshape(-1, 3)
