"""What infants wear together, and how often."""

from collections.abc import Callable

import numpy as np

from core.synthesis.body.physique import Physique
from core.synthesis.wardrobe.clothes import Clothes
from core.synthesis.wardrobe.garments import infant_extras as extras
from core.synthesis.wardrobe.garments import infant_wear as wear
from core.synthesis.wardrobe.garments.hats import headwear
from core.synthesis.wardrobe.sewing.pattern import Pattern
from core.synthesis.wardrobe.sewing.tailor import Tailor

ODDS = {"diaper": 0.17, "bodysuit": 0.24, "sleepsuit": 0.26, "two-piece": 0.24, "dress": 0.04,
        "sleeping bag": 0.05}  # fmt: skip
NEWBORN_HATS = ("hat", "hat", "beanie", "bonnet")
HATS = ("hat", "beanie", "bonnet", "sun hat", "hood")

Maker = Callable[[Tailor, np.random.Generator], Pattern]


def infant_clothes(tailor: Tailor, physique: Physique, rng: np.random.Generator) -> Clothes:
    """Clothes of somebody of this age: always a diaper at least."""
    kind = str(rng.choice(list(ODDS), p=list(ODDS.values())))
    makers = [extras.diaper, *_makers(kind, rng), *_additions(kind, physique.months, rng)]
    patterns = tuple(make(tailor, rng) for make in makers)
    is_newborn = physique.months < 3
    if rng.random() > (0.25 if is_newborn else 0.12):
        return Clothes(patterns)
    name = str(rng.choice(NEWBORN_HATS if is_newborn else HATS))
    return Clothes(patterns, headwear(tailor, name, rng, is_infant=True), name)


def _makers(kind: str, rng: np.random.Generator) -> list[Maker]:
    """The main garments over the diaper."""
    if kind == "two-piece":
        tops: list[Maker] = [wear.shirt] if rng.random() < 0.75 else [wear.bodysuit]
        # A bodysuit is tucked in, a shirt hangs out.
        pair = [wear.trousers, *tops] if tops == [wear.shirt] else [*tops, wear.trousers]
        return [*pair, wear.cardigan] if rng.random() < 0.2 else pair
    if kind == "dress":
        return [wear.trousers, wear.dress] if rng.random() < 0.4 else [wear.dress]
    if kind == "sleeping bag":
        return [wear.sleepsuit if rng.random() < 0.5 else wear.bodysuit, extras.sleeping_bag]
    alone: dict[str, list[Maker]] = {"bodysuit": [wear.bodysuit], "sleepsuit": [wear.sleepsuit]}
    return alone.get(kind, [])


def _additions(kind: str, months: float, rng: np.random.Generator) -> list[Maker]:
    """Socks, mittens and bibs."""
    added: list[Maker] = []
    if kind not in ("sleepsuit", "sleeping bag") and rng.random() < 0.3:
        added.append(extras.socks)
    if months < 4 and rng.random() < 0.15:
        added.append(extras.mittens)
    if rng.random() < 0.1:
        added.append(extras.bib)
    return added
