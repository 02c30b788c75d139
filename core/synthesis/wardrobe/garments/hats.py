"""Which hats there are, and what they are made of."""

import numpy as np

from core.synthesis.cloth.fabrics import draw_cloth
from core.synthesis.cloth.palettes import EVERYDAY, NURSERY
from core.synthesis.surface import Material
from core.synthesis.wardrobe.garments.headwear import Ball, Headwear, Shape
from core.synthesis.wardrobe.sewing.tailor import Tailor

PRINTS = ("plain", "plain", "melange", "stripes", "fine stripes", "dots", "stars", "hearts")

# lean and reach in degrees; margin, turn-up and droop in spans; ears covered; kinds of cloth
HATS = {
    "hat": ((24, 32), (98, 106), 0.05, 0.0, True, ("jersey", "rib", "cotton")),
    "beanie": ((22, 30), (96, 104), 0.09, 0.1, True, ("knit", "rib", "fleece")),
    "bonnet": ((58, 70), (104, 112), 0.08, 0.0, True, ("cotton", "muslin", "jersey")),
    "sun hat": ((18, 24), (88, 96), 0.14, 0.0, False, ("cotton", "denim")),
    "cap": ((12, 18), (84, 92), 0.08, 0.0, False, ("cotton", "denim")),
    "hood": ((60, 70), (106, 114), 0.22, 0.0, True, ("fleece", "terry", "jersey")),
}


def headwear(tailor: Tailor, name: str, rng: np.random.Generator, is_infant: bool) -> Headwear:
    """One of HATS."""
    lean, reach, margin, turn_up, ears, kinds = HATS[name]
    moods = NURSERY if is_infant else EVERYDAY
    cloth = draw_cloth(rng, kinds, PRINTS if is_infant else PRINTS[:4], moods, (0.08, 0.2))
    shape = Shape(
        lean=rng.uniform(*lean),
        reach=rng.uniform(*reach),
        margin=margin * rng.uniform(0.8, 1.3),
        turn_up=turn_up,
        droop=rng.uniform(0, 0.5) if name == "beanie" else 0.0,
        covers_ears=ears,
    )
    peak = cloth if name in ("cap", "sun hat") else None
    balls = _balls(name, rng, cloth) if is_infant else ()
    return Headwear(tailor.anatomy, tailor.features, shape, cloth, balls, peak)


def _balls(name: str, rng: np.random.Generator, cloth: Material) -> tuple[Ball, ...]:
    """A pompom on beanies, ears of an animal on hoods and hats."""
    if name == "beanie" and rng.random() < 0.4:
        return (Ball(0.0, 0.0, 0.35, draw_cloth(rng, ("fleece",), ("plain",))),)
    if name in ("hood", "hat") and rng.random() < 0.3:
        ahead = 50.0 if name == "hood" else 20.0
        return tuple(Ball(side, ahead, 0.36, cloth) for side in (-38.0, 38.0))
    return ()
