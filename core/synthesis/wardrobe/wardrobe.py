"""Dresses people: chooses complexion, hair and clothes that go with their age."""

import numpy as np

from core.synthesis.body.body_model import BodyModel
from core.synthesis.body.physique import Physique
from core.synthesis.wardrobe.adult_outfits import adult_clothes
from core.synthesis.wardrobe.clothes import Clothes
from core.synthesis.wardrobe.infant_outfits import infant_clothes
from core.synthesis.wardrobe.looks.complexion import Complexion
from core.synthesis.wardrobe.looks.hair import Hair, HairGrain
from core.synthesis.wardrobe.looks.hair_style import HairStyle
from core.synthesis.wardrobe.looks.skin import Eyes, Skin, SkinGrain
from core.synthesis.wardrobe.outfit import Outfit
from core.synthesis.wardrobe.sewing.tailor import Tailor
from core.synthesis.wardrobe.template.anatomy import ADULT, INFANT


class Wardrobe:
    """All clothes for all bodies of one model; make it once and keep it."""

    def __init__(self, model: BodyModel) -> None:
        """Templates are measured when the first infant or adult is dressed."""
        self._model = model
        self._tailors: dict[bool, Tailor] = {}
        self._eyes: dict[bool, Eyes] = {}
        self._skin_grain, self._hair_grain = SkinGrain(), HairGrain()

    def choose_outfit(self, physique: Physique, rng: np.random.Generator) -> Outfit:
        """Complexion, hair and clothes for a person; every random choice is made here."""
        tailor = self.tailor(physique.is_infant)
        chosen = infant_clothes if physique.is_infant else adult_clothes
        return self.outfit(physique, chosen(tailor, physique, rng), rng)

    def outfit(self, physique: Physique, clothes: Clothes, rng: np.random.Generator) -> Outfit:
        """These clothes on a person whose looks are drawn."""
        tailor = self.tailor(physique.is_infant)
        anatomy, hat = tailor.anatomy, clothes.hat
        complexion = Complexion.drawn(physique.months, rng)
        style = HairStyle.drawn(physique.months, rng)
        hair = Hair(tailor.features, style, hat.covered if hat else None, rng)
        pieces, covered = tailor.sewn(clothes.patterns, rng)
        covered = covered | hat.covered if hat else covered
        tint = complexion.tint(tailor.features) * complexion.shaded(hair.shade)
        eyes = self._eyes[physique.is_infant]
        return Outfit(
            (*clothes.names, style.name),
            anatomy,
            (Skin(anatomy, covered, tint), self._skin_grain.material(complexion)),
            (eyes, eyes.material(complexion)),
            (hair, self._hair_grain.material(complexion)),
            (*pieces, hat) if hat else pieces,
        )

    def tailor(self, is_infant: bool) -> Tailor:
        """What sews for infants, or for adults."""
        if is_infant not in self._tailors:
            tailor = Tailor(self._model, INFANT if is_infant else ADULT)
            self._tailors[is_infant] = tailor
            self._eyes[is_infant] = Eyes(tailor.anatomy, tailor.features)
        return self._tailors[is_infant]
