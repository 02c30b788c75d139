"""The mesh that all close-fitting garments of one template are cut from."""

import numpy as np

from core.synthesis.body.parts import BodyPart
from core.synthesis.wardrobe.mesh.refining import split_long_edges
from core.synthesis.wardrobe.mesh.triangles import Vectors
from core.synthesis.wardrobe.sewing.unrolling import unrolled
from core.synthesis.wardrobe.template.anatomy import Anatomy, Field

LONGEST_EDGE = 0.017  # of the stature


class ClothMesh:
    """The skin from ankles and wrists to the chin, finer, and laid out flat.

    Its vertices are refined.carried(...) of the body's, then doubled along seams (`seamed`).
    parts (F,) uint8 of BodyPart; points (K, 3) of the spread template, before doubling.
    """

    def __init__(self, anatomy: Anatomy) -> None:
        """Build it once for a template."""
        faces = anatomy.model.faces
        worn = (
            (anatomy.sleeve(2.35) > 0)
            & (anatomy.leg(2.12) > 0)
            & (anatomy.weight(BodyPart.HEAD) < 0.95)
        )
        kept = np.flatnonzero(worn[faces].all(axis=1))
        longest = LONGEST_EDGE * anatomy.stature
        self.refined = split_long_edges(faces[kept], anatomy.points, longest)
        self.points: Vectors = self.refined.rounded(anatomy.points, anatomy.normals)
        self.seamed = unrolled(anatomy, self.points, self.refined.faces)
        self.body_neighbours = anatomy.neighbours
        self.parts = anatomy.model.parts[kept][self.refined.source]

    def field(self, of_body: Field) -> Field:
        """A field over the body's vertices at this mesh's doubled vertices, (S,)."""
        return self.refined.carried(of_body).take(self.seamed.origin)
