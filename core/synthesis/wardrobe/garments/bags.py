"""Bags around hands and feet as pieces of clothes."""

from dataclasses import dataclass

import numpy as np

from core.synthesis.surface import Material, Role, Surface
from core.synthesis.wardrobe.mesh.hull import Globe
from core.synthesis.wardrobe.template.extremities import Bag, Extremity
from core.synthesis.wardrobe.template.wearer import Wearer

_ROWS, _COLUMNS = 13, 18
_WIDTH = 0.05  # of a foot or hand, in shares of the stature, for the size of prints


@dataclass(frozen=True, eq=False)
class BagPiece:
    """One bag with its material."""

    bag: Bag
    material: Material

    def surfaces(self, wearer: Wearer) -> list[Surface]:
        """The bag in one frame."""
        faces = self.bag.globe.faces
        parts = np.full(len(faces), self.bag.extremity.part, np.uint8)
        uv = self.bag.uv(_WIDTH * wearer.anatomy.stature * wearer.scale)
        vertices = self.bag.vertices(wearer)
        return [Surface(vertices, faces, uv, Role.CLOTHES, self.material, parts)]


def bagged(
    extremities: tuple[Extremity, ...], material: Material, margin: float
) -> tuple[BagPiece, ...]:
    """A bag around each hand or foot; margin in metres on the template."""
    globe = Globe.of(_ROWS, _COLUMNS)
    return tuple(BagPiece(Bag(one, globe, margin), material) for one in extremities)
