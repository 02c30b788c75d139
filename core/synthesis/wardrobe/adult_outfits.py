"""What adults wear together, and how often."""

import numpy as np

from core.synthesis.body.physique import Physique
from core.synthesis.wardrobe.clothes import Clothes
from core.synthesis.wardrobe.garments import adult_wear as wear
from core.synthesis.wardrobe.garments.hats import headwear
from core.synthesis.wardrobe.sewing.pattern import Pattern
from core.synthesis.wardrobe.sewing.tailor import Tailor

TOP_ODDS = {"T-shirt": 0.36, "sports top": 0.1, "long-sleeved top": 0.14, "shirt": 0.14,
            "hoodie": 0.12, "pullover": 0.14}  # fmt: skip
BOTTOM_ODDS = {"trousers": 0.28, "jeans": 0.3, "leggings": 0.17, "shorts": 0.25}
FOOT_ODDS = {"bare": 0.25, "socks": 0.2, "shoes": 0.55}
HATS = ("beanie", "cap", "cap", "hood")


def adult_clothes(tailor: Tailor, physique: Physique, rng: np.random.Generator) -> Clothes:
    """Clothes of somebody of this build: trunk and hips are always covered."""
    feet = _drawn(rng, FOOT_ODDS)
    patterns = [] if feet == "bare" else [wear.footwear(tailor, feet, rng)]
    patterns += _main(tailor, physique, rng)
    if rng.random() < 0.12:
        patterns.append(wear.jacket(tailor, rng))
    if rng.random() > 0.1:
        return Clothes(tuple(patterns))
    name = str(rng.choice(HATS))
    return Clothes(tuple(patterns), headwear(tailor, name, rng, is_infant=False), name)


def _main(tailor: Tailor, physique: Physique, rng: np.random.Generator) -> list[Pattern]:
    is_woman = physique.gender > 0.5
    if is_woman and rng.random() < 0.1:
        return [wear.bottom(tailor, "leggings", rng), wear.dress(tailor, rng)]
    top = wear.top(tailor, _drawn(rng, TOP_ODDS), rng)
    if is_woman and rng.random() < 0.12:
        # Leggings below, because a skirt alone would not always cover what it should.
        return [wear.bottom(tailor, "leggings", rng), wear.skirt(tailor, rng), top]
    return [wear.bottom(tailor, _drawn(rng, BOTTOM_ODDS), rng), top]


def _drawn(rng: np.random.Generator, odds: dict[str, float]) -> str:
    return str(rng.choice(list(odds), p=list(odds.values())))
