"""Clothes of adults: tops, trousers, socks and shoes."""

import numpy as np

from core.synthesis.cloth.fabrics import draw_cloth, woven
from core.synthesis.cloth.palettes import EVERYDAY, Palette, draw_palette, solid
from core.synthesis.surface import Material
from core.synthesis.wardrobe.garments.bags import bagged
from core.synthesis.wardrobe.garments.cuts import (
    FEET,
    below_waist,
    disc,
    edging,
    either,
    front_studs,
    open_front,
    placket,
    whole,
    within,
)  # fmt: skip
from core.synthesis.wardrobe.garments.nursery_cloth import popper
from core.synthesis.wardrobe.garments.skirts import Skirt, SkirtShape
from core.synthesis.wardrobe.sewing.pattern import Fit, Pattern, Trim
from core.synthesis.wardrobe.sewing.tailor import Tailor

PRINTS = (*("plain",) * 6, "melange", "melange", "stripes", "fine stripes", "tartan", "gingham")
DENIMS = ((0.2, 0.28, 0.42), (0.12, 0.16, 0.26), (0.42, 0.52, 0.64), (0.1, 0.1, 0.12))
LEATHERS = ((0.12, 0.1, 0.1), (0.9, 0.9, 0.88), (0.35, 0.24, 0.16), (0.3, 0.34, 0.42),
            (0.6, 0.2, 0.2))  # fmt: skip

# kinds of cloth, sleeve, hem, ease: ranges; whether cuffs are gathered
TOPS = {
    "T-shirt": (("cotton", "jersey"), (0.4, 0.75), (-0.02, 0.08), (0.007, 0.016), False),
    "sports top": (("jersey",), (0.0, 0.0), (0.0, 0.12), (0.001, 0.005), False),
    "long-sleeved top": (("jersey", "rib"), (1.85, 2.0), (-0.02, 0.08), (0.004, 0.01), False),
    "shirt": (("cotton",), (1.85, 2.0), (-0.08, 0.02), (0.009, 0.016), True),
    "hoodie": (("fleece", "jersey"), (1.9, 2.05), (-0.02, 0.06), (0.008, 0.014), True),
    "pullover": (("knit", "rib"), (1.85, 2.0), (-0.02, 0.08), (0.006, 0.012), True),
}
# kinds of cloth, length, ease
BOTTOMS = {
    "trousers": (("cotton", "jersey"), (1.85, 2.0), (0.007, 0.016)),
    "jeans": (("denim",), (1.88, 2.02), (0.004, 0.011)),
    "leggings": (("jersey",), (1.6, 1.98), (0.0, 0.0015)),
    "shorts": (("cotton", "denim", "jersey"), (0.4, 0.95), (0.007, 0.016)),
}


def top(tailor: Tailor, name: str, rng: np.random.Generator) -> Pattern:
    """One of TOPS."""
    anatomy = tailor.anatomy
    kinds, sleeve, low, ease, gathered = TOPS[name]
    neck = anatomy.neckline(rng.uniform(0.28, 0.42), rng.uniform(0.2, 0.6))
    length = rng.uniform(*sleeve)
    arms = anatomy.sleeve(length) if length else anatomy.armhole(rng.uniform(0.75, 0.9))
    hem = anatomy.above(rng.uniform(*low))
    material, palette = _cloth(rng, kinds)
    edge = woven(rng, ("rib", "plain"), solid(*palette[0]), 0.1)
    cuff = 0.03 if gathered else 0.01
    trims = [edging(anatomy, line, width, edge) for line, width in ((neck, 0.01), (arms, cuff))]
    trims += [edging(anatomy, hem, cuff, edge)] if gathered and name != "shirt" else []
    if name == "shirt":
        trims.append(Trim(placket(anatomy, 0.009, -0.1), material, 0.0012))
    if name in ("T-shirt", "hoodie") and rng.random() < 0.35:
        print_cloth = draw_cloth(rng, ("cotton",), PRINTS, ("bright", "muted", "dark"), (0.1, 0.4))
        patch = disc(anatomy, 0.66, rng.uniform(0.03, 0.055))
        trims.append(Trim(patch, print_cloth, raised=0.0004, planar=True))
    fit = Fit(0.0025, rng.uniform(*ease), 0.04 * gathered, 0.008, 0.0016)
    studs = front_studs(anatomy, 7, popper(rng), 0.0) if name == "shirt" else None
    return Pattern(name, within(neck, arms, hem), fit, material, tuple(trims), studs)


def jacket(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """An open jacket over another top."""
    anatomy = tailor.anatomy
    neck = anatomy.neckline(rng.uniform(0.32, 0.42), 0.2)
    wrists, hem = (
        anatomy.sleeve(rng.uniform(1.9, 2.03)),
        anatomy.above(rng.uniform(-0.1, 0.05)),
    )
    front = open_front(anatomy, rng.uniform(0.005, 0.02), rng.uniform(0.02, 0.15))
    material, palette = _cloth(rng, ("fleece", "denim", "cotton", "knit"))
    edge = woven(rng, ("rib", "plain"), solid(*palette[0]), 0.1)
    return Pattern(
        "jacket",
        within(neck, wrists, hem, front),
        Fit(0.004, rng.uniform(0.006, 0.014), 0.03, 0.008, 0.0016),
        material,
        tuple(edging(anatomy, line, 0.02, edge) for line in (wrists, hem, neck, front)),
    )


def bottom(tailor: Tailor, name: str, rng: np.random.Generator) -> Pattern:
    """One of BOTTOMS."""
    anatomy = tailor.anatomy
    kinds, reach, ease = BOTTOMS[name]
    waist = anatomy.below(rng.uniform(0.14, 0.26))
    legs = anatomy.leg(rng.uniform(*reach))
    material, palette = _cloth(rng, kinds)
    band = woven(rng, (kinds[0], "plain"), solid(*palette[0]), 0.1)
    fit = Fit(0.0025, rng.uniform(*ease), 0.0, 0.007, 0.0014, 5)
    if name == "leggings":
        fit = Fit(0.002, rng.uniform(*ease), 0.02, 0.003, 0.0004)
    trims = (edging(anatomy, waist, 0.02, band), edging(anatomy, legs, 0.012, material))
    return Pattern(name, within(waist, legs), fit, material, trims)


def skirt(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """A skirt with a waistband."""
    anatomy = tailor.anatomy
    waist = rng.uniform(0.16, 0.26)
    material, palette = _cloth(rng, ("cotton", "denim", "jersey"))
    band = woven(rng, ("cotton", "plain"), solid(*palette[0]), 0.1)
    shape = SkirtShape(waist - 0.03, *_skirt_measures(rng))
    return Pattern(
        "skirt",
        within(anatomy.below(waist), anatomy.above(waist - 0.1)),
        Fit(0.003, 0.003, 0.0, 0.002, 0.0004),
        band,
        pieces=(Skirt(anatomy, shape, material),),
        covers=below_waist(anatomy, waist),
    )


def dress(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """A dress with short sleeves or none."""
    anatomy = tailor.anatomy
    neck = anatomy.neckline(rng.uniform(0.3, 0.45), rng.uniform(0.3, 0.7))
    arms = anatomy.sleeve(0.4) if rng.random() < 0.5 else anatomy.armhole(0.85)
    waist = rng.uniform(0.25, 0.4)
    material, _ = _cloth(rng, ("cotton", "jersey", "muslin"))
    shape = SkirtShape(waist + 0.03, *_skirt_measures(rng))
    return Pattern(
        "dress",
        within(neck, arms, anatomy.above(waist - 0.2)),
        Fit(0.0025, 0.004, 0.0, 0.005, 0.001),
        material,
        (edging(anatomy, neck, 0.006, material), edging(anatomy, arms, 0.006, material)),
        pieces=(Skirt(anatomy, shape, material),),
        covers=below_waist(anatomy, waist),
    )


def _skirt_measures(rng: np.random.Generator) -> tuple[float, float, float, int]:
    """Length, margin, flare and folds of a skirt."""
    length, flare = rng.uniform(0.5, 0.95), rng.uniform(0.005, 0.05)
    return length, 0.012, flare, int(rng.integers(5, 12))


def footwear(tailor: Tailor, name: str, rng: np.random.Generator) -> Pattern:
    """Either "socks" or "shoes"."""
    anatomy = tailor.anatomy
    is_shoe = name == "shoes"
    shaft = -anatomy.leg(float(rng.uniform(1.9, 1.97) if is_shoe else rng.uniform(1.65, 1.88)))
    if is_shoe:
        leather = solid(*LEATHERS[int(rng.integers(len(LEATHERS)))])
        material = woven(rng, (str(rng.choice(["vinyl", "cotton"])), "plain"), leather, 0.2)
    else:
        material, _ = _cloth(rng, ("rib", "knit"))
    leg = within(anatomy.leg(2.05), shaft)
    margin = 0.012 if is_shoe else 0.004
    return Pattern(
        name,
        leg,
        Fit(0.004 if is_shoe else 0.002, 0.001, 0.0, 0.002, 0.0006),
        material,
        (edging(anatomy, shaft, 0.01, material),),
        None,
        bagged(tailor.feet, material, margin),
        either(whole(anatomy, FEET), leg),
    )


def _cloth(rng: np.random.Generator, kinds: tuple[str, ...]) -> tuple[Material, Palette]:
    kind = str(rng.choice(kinds))
    palette = draw_palette(rng, EVERYDAY)
    printed = str(rng.choice(PRINTS))
    if kind == "denim":
        palette, printed = solid(*DENIMS[int(rng.integers(len(DENIMS)))]), "melange"
    return woven(rng, (kind, printed), palette, rng.uniform(0.12, 0.35)), palette
