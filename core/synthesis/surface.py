"""What a scene is made of: triangle surfaces with a cloth, skin or wood of their own.

World frame: metres, Z up, the support (mat, floor, mattress) near z = 0.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

TILE = 256  # side of every texture, texels


class Role(IntEnum):
    """What a surface is to the labels; the first three are the infant (or adult) itself."""

    SKIN = 0
    CLOTHES = 1
    HAIR = 2
    SUPPORT = 3  # what the body lies, sits or stands on
    OCCLUDER = 4  # what may lie or pass between camera and body: blanket, toy, a carer's hand
    BACKDROP = 5  # walls, furniture, the room

    @property
    def is_person(self) -> bool:
        """Whether silhouettes count it."""
        return self <= Role.HAIR


@dataclass(frozen=True, eq=False)
class Material:
    """How a surface looks: a tile that repeats, and how it answers light."""

    albedo: NDArray[np.uint8]  # (TILE, TILE, 3) sRGB
    bumps: NDArray[np.float32] | None = None  # (TILE, TILE) heights in metres, for shading only
    tile_metres: float = 0.2  # how long one repeat of the tile is
    gloss: float = 0.0  # 0 matt cloth .. 1 wet plastic


@dataclass(frozen=True, eq=False)
class Surface:
    """A triangle mesh with one material.

    vertices (V, 3) float32 world metres; faces (F, 3) int32, counter-clockwise seen from outside;
    uv (V, 2) float32 in metres along the cloth (the material divides by its tile);
    parts (F,) uint8 of `BodyPart`, all NONE unless the role is the person's;
    tint (V, 3) float32 linear factors on the albedo, or None (lips, cheeks, shade in creases).
    """

    vertices: NDArray[np.float32]
    faces: NDArray[np.int32]
    uv: NDArray[np.float32]
    role: Role
    material: Material
    parts: NDArray[np.uint8]
    tint: NDArray[np.float32] | None = None
