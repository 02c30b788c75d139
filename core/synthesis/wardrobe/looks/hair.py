"""Hair: a shade on the scalp, a cap of some depth, and locks that break its outline."""

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.parts import BodyPart
from core.synthesis.cloth.noise import periodic_noise
from core.synthesis.surface import Material, Role, Surface
from core.synthesis.wardrobe.looks.complexion import HAIRS, Complexion
from core.synthesis.wardrobe.looks.grain import coloured, quantized
from core.synthesis.wardrobe.looks.hair_style import HairStyle
from core.synthesis.wardrobe.looks.locks import Locks
from core.synthesis.wardrobe.mesh.clipping import cut_out
from core.synthesis.wardrobe.mesh.triangles import Vectors
from core.synthesis.wardrobe.template.features import UNEVEN_VARIANTS, Features
from core.synthesis.wardrobe.template.wearer import Wearer

HAIR_TILE_METRES = 0.05


class HairGrain:
    """The strands of all hair, made once."""

    def __init__(self) -> None:
        """Always the same; colours vary per person."""
        rng = np.random.default_rng(72)
        strands = periodic_noise(rng, (8, 90), stretch=0.12)
        self._levels, self._bumps = quantized(strands), np.float32(0.00035) * strands

    def material(self, complexion: Complexion) -> Material:
        """The hair of one person."""
        albedo = coloured(self._levels, HAIRS[complexion.hair], 0.22)
        return Material(albedo, self._bumps, HAIR_TILE_METRES, gloss=0.25)


class Hair:
    """The hair of one person on the template's topology."""

    def __init__(
        self,
        features: Features,
        style: HairStyle,
        hidden: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> None:
        """Grow it; `hidden` (V,): under a hat; `rng` places locks and frays the hairline.

        shade (V,): how much of the skin's colour is the hair's.
        """
        anatomy, self._span = features.anatomy, features.eye_span
        scalp = features.scalp(style.forehead, style.nape)
        scalp = scalp + features.uneven(int(rng.integers(UNEVEN_VARIANTS))) * 0.1 * self._span
        self.shade = np.clip(scalp / (0.25 * self._span) + 0.35, 0, 1) * style.shade
        bare = np.ones(len(scalp), np.bool_) if hidden is None else ~hidden
        cutting = cut_out(anatomy.model.faces, scalp - 0.02 * self._span, bare)
        self._cutting, self._style = cutting, style
        inside = cutting.carried(np.clip(scalp / (0.5 * self._span), 0, 1))
        lumps = cutting.carried(features.uneven(int(rng.integers(UNEVEN_VARIANTS))))
        self._lift = self._span * style.depth * (inside + 0.35 * style.curl * inside * lumps)
        self._uv = _combed(features, cutting.carried(anatomy.rest))
        # Under a hat the hair lies flat, and only what is below its hem hangs out.
        self._lift *= 0.5 if hidden is not None else 1
        self._locks = Locks(features, np.where(bare, scalp, -1), style, rng)

    def surfaces(self, wearer: Wearer, material: Material) -> list[Surface]:
        """Cap and locks in one frame; none where it is only a shade."""
        if self._style.depth == 0 or not len(self._cutting.faces):
            return []
        skin = self._cutting.carried(wearer.posed.vertices)
        normals = self._cutting.carried(wearer.posed.normals)
        cap = skin + (self._lift * wearer.scale)[:, None] * normals
        parts = np.full(len(self._cutting.faces), BodyPart.HEAD, np.uint8)
        faces = self._cutting.faces
        surface = Surface(cap.astype(np.float32), faces, self._uv, Role.HAIR, material, parts)
        return [surface, *self._locks.surfaces(wearer, material)]


def _combed(features: Features, places: Vectors) -> NDArray[np.float32]:
    """Strands run from the crown down: (N, 2) around and along in metres at places (N, 3)."""
    crown = (features.ears[0] + features.ears[1]) / 2 + [0, 0.3 * features.eye_span, 0]
    away = places - crown
    radius = 2.0 * features.eye_span
    around = np.arctan2(away[:, 0], -away[:, 1]) * radius
    along = np.arctan2(np.hypot(away[:, 0], away[:, 1]), away[:, 2]) * radius
    return np.stack([around, along], axis=1).astype(np.float32)
