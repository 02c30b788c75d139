"""A sewn piece of cloth with its material, and the poppers on it."""

from dataclasses import dataclass

import numpy as np

from core.synthesis.surface import Material, Role, Surface
from core.synthesis.wardrobe.mesh.triangles import Vectors
from core.synthesis.wardrobe.sewing.pattern import Studs
from core.synthesis.wardrobe.sewing.shell import Shell
from core.synthesis.wardrobe.template.wearer import Wearer

_CORNERS = 7  # of a popper's outline
_DOME = 0.45  # its height over its radius


@dataclass(frozen=True, eq=False)
class ClothPiece:
    """Cloth that follows the body, and what is fastened to it."""

    shell: Shell
    material: Material
    studs: "FastenedStuds | None" = None

    def surfaces(self, wearer: Wearer) -> list[Surface]:
        """The cloth and its studs in one frame."""
        shell = self.shell
        vertices = shell.vertices(wearer)
        cloth = Surface(
            vertices, shell.faces, shell.uv * wearer.scale, Role.CLOTHES, self.material, shell.parts
        )
        return [cloth] if self.studs is None else [cloth, self.studs.surface(vertices, wearer)]


class FastenedStuds:
    """Poppers at fixed places of a shell."""

    def __init__(self, shell: Shell, studs: Studs, radius: float) -> None:
        """At the faces of the shell nearest to the places; radius in metres on the template."""
        self._material, self._radius = studs.material, radius
        middles = shell.template[shell.faces].mean(axis=1)
        gaps = np.linalg.norm(middles[None] - studs.places[:, None], axis=-1)
        near = np.unique(gaps.argmin(axis=1))
        self._corners = shell.faces[near]
        own = np.arange(_CORNERS)
        fan = np.stack([np.full(_CORNERS, _CORNERS), own, np.roll(own, -1)], axis=1)
        offsets = (_CORNERS + 1) * np.arange(len(near))[:, None, None]
        self._faces = (fan[None] + offsets).reshape(-1, 3).astype(np.int32)
        self._parts = np.repeat(shell.parts[near], _CORNERS)

    def surface(self, cloth: Vectors, wearer: Wearer) -> Surface:
        """The studs on cloth (K, 3) in one frame."""
        corners = cloth[self._corners]
        along, aside, normal = _frames(corners)
        radius = self._radius * wearer.scale
        turn = 2 * np.pi * np.arange(_CORNERS)[None, :, None] / _CORNERS
        middle = corners.mean(axis=1)[:, None]
        rim = middle + radius * (np.cos(turn) * along[:, None] + np.sin(turn) * aside[:, None])
        top = middle + _DOME * radius * normal[:, None]
        vertices = np.concatenate([rim, top], axis=1).reshape(-1, 3).astype(np.float32)
        uv = np.zeros((len(vertices), 2), np.float32)
        return Surface(vertices, self._faces, uv, Role.CLOTHES, self._material, self._parts)


def _frames(corners: Vectors) -> tuple[Vectors, Vectors, Vectors]:
    """Two directions in each triangle (N, 3, 3) and its normal."""
    along = corners[:, 1] - corners[:, 0]
    normal = np.cross(along, corners[:, 2] - corners[:, 0])
    along = along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-12)
    normal = normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    return along, np.cross(normal, along), normal
