"""The bare skin: what clothes leave open, with its colours, and the eyes."""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.anny_export import REGIONS
from core.synthesis.body.parts import BodyPart
from core.synthesis.cloth.noise import periodic_noise
from core.synthesis.surface import TILE, Material, Role, Surface
from core.synthesis.wardrobe.looks.complexion import IRISES, Complexion
from core.synthesis.wardrobe.looks.grain import coloured, quantized
from core.synthesis.wardrobe.mesh.triangles import Vectors, renumbered
from core.synthesis.wardrobe.template.anatomy import Anatomy
from core.synthesis.wardrobe.template.features import Features
from core.synthesis.wardrobe.template.wearer import Wearer

SKIN_TILE_METRES = 0.16
_SOCKETS = [REGIONS.index("eye_cavity.L"), REGIONS.index("eye_cavity.R")]
_EYES = [REGIONS.index("eye_front.L"), REGIONS.index("eye_front.R")]


class SkinGrain:
    """Mottling and pores of all skins, made once."""

    def __init__(self) -> None:
        """Always the same; tones and amounts vary per person."""
        rng = np.random.default_rng(71)
        uneven = periodic_noise(rng, (3, 9)) + 0.3 * periodic_noise(rng, (30, 100))
        self._levels = quantized(uneven)

    def material(self, complexion: Complexion) -> Material:
        """The skin of one person."""
        reddening = np.array([0.25, 1.0, 0.9]) * (0.01 + 0.055 * complexion.mottling)
        albedo = coloured(self._levels, complexion.skin, reddening)
        return Material(albedo, None, SKIN_TILE_METRES, gloss=0.12)


class Skin:
    """What is left bare of one person: vertices, indices into the body's."""

    def __init__(self, anatomy: Anatomy, covered: NDArray[np.bool_], tint: Vectors) -> None:
        """`covered` (V,): vertices deep under cloth, whose faces are left out."""
        model = anatomy.model
        hidden = covered.take(model.faces)
        open_faces = ~(hidden[:, 0] & hidden[:, 1] & hidden[:, 2])
        open_faces &= ~np.isin(model.region, _SOCKETS + _EYES)
        kept = model.faces[open_faces]
        self.vertices, (self.faces,) = renumbered(len(covered), kept)
        self.parts = model.parts[open_faces]
        self._tint = tint[self.vertices].astype(np.float32)
        # Flattened aslant: no larger patch of skin is seen edge-on, so none is stretched.
        flat = np.array([[1.0, 0.0], [0.45, 0.45], [0.0, 1.0]], np.float32)
        self._uv = anatomy.rest[self.vertices] @ flat

    def surface(self, wearer: Wearer, material: Material) -> Surface:
        """The bare skin in one frame."""
        vertices = wearer.posed.vertices.take(self.vertices, axis=0)
        return Surface(vertices, self.faces, self._uv, Role.SKIN, material, self.parts, self._tint)


class Eyes:
    """Both eyeballs."""

    def __init__(self, anatomy: Anatomy, features: Features) -> None:
        """Of the template's topology."""
        model = anatomy.model
        faces = np.flatnonzero(np.isin(model.region, _EYES))
        self._vertices, own = np.unique(model.faces[faces], return_inverse=True)
        self._faces = own.reshape(-1, 3).astype(np.int32)
        points = anatomy.rest[self._vertices]
        centres = features.eyes[(points[:, 0] < 0).astype(int)]
        self._width = float(np.ptp(points[points[:, 0] > 0, 0]))
        self._uv = ((points - centres)[:, [0, 2]] + 0.75 * self._width).astype(np.float32)

    def surface(self, wearer: Wearer, material: Material) -> Surface:
        """The eyes in one frame."""
        parts = np.full(len(self._faces), BodyPart.HEAD, np.uint8)
        vertices = wearer.posed.vertices.take(self._vertices, axis=0)
        return Surface(vertices, self._faces, self._uv, Role.SKIN, material, parts)

    def material(self, complexion: Complexion) -> Material:
        """White, iris and pupil, one picture for both eyes."""
        albedo = np.full((TILE, TILE, 3), (226, 220, 216), np.uint8)
        middle, radius = (TILE // 2, TILE // 2), TILE / 1.5
        rim = tuple(0.5 * channel for channel in IRISES[complexion.iris])
        for colour, share in ((rim, 0.25), (IRISES[complexion.iris], 0.215), ((12, 10, 10), 0.1)):
            cv2.circle(albedo, middle, round(radius * share), colour, -1, cv2.LINE_AA)
        return Material(albedo, None, 1.5 * self._width, gloss=0.7)
