"""Everything that one person wears and how their skin and hair look, chosen and sewn."""

from dataclasses import dataclass

from core.synthesis.body.posed_body import PosedBody
from core.synthesis.surface import Material, Surface
from core.synthesis.wardrobe.looks.hair import Hair
from core.synthesis.wardrobe.looks.skin import Eyes, Skin
from core.synthesis.wardrobe.sewing.pattern import Piece
from core.synthesis.wardrobe.template.anatomy import Anatomy
from core.synthesis.wardrobe.template.wearer import Wearer


@dataclass(frozen=True, eq=False)
class Outfit:
    """The looks of one person; dressing the same body twice gives the same surfaces.

    names: plain names of clothes and hair, for the labels.
    """

    names: tuple[str, ...]
    anatomy: Anatomy
    skin: tuple[Skin, Material]
    eyes: tuple[Eyes, Material]
    hair: tuple[Hair, Material]
    pieces: tuple[Piece, ...]

    def dress(self, posed: PosedBody) -> tuple[Surface, ...]:
        """All surfaces of the person in one frame; their topology is the same in each."""
        wearer = Wearer(self.anatomy, posed)
        (skin, flesh), (eyes, iris), (hair, strands) = self.skin, self.eyes, self.hair
        clothes = [surface for piece in self.pieces for surface in piece.surfaces(wearer)]
        grown = hair.surfaces(wearer, strands)
        return (skin.surface(wearer, flesh), eyes.surface(wearer, iris), *grown, *clothes)
