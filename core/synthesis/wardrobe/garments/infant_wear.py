"""Clothes of infants: bodysuits, sleepsuits, two-pieces, cardigans, dresses."""

import numpy as np

from core.synthesis.cloth.fabrics import draw_cloth
from core.synthesis.cloth.palettes import NURSERY
from core.synthesis.wardrobe.garments.bags import bagged
from core.synthesis.wardrobe.garments.cuts import (
    FEET,
    HANDS,
    below_waist,
    edging,
    either,
    front_studs,
    leg_studs,
    open_front,
    placket,
    whole,
    within,
)
from core.synthesis.wardrobe.garments.nursery_cloth import (
    CALM,
    SOFT,
    WARM,
    chest_print,
    cloth_and_edge,
    popper,
)
from core.synthesis.wardrobe.garments.skirts import Skirt, SkirtShape
from core.synthesis.wardrobe.sewing.pattern import Fit, Pattern, Trim
from core.synthesis.wardrobe.sewing.tailor import Tailor


def bodysuit(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """A bodysuit with bare legs: short or long sleeves or none, bound in another colour."""
    anatomy = tailor.anatomy
    neck = anatomy.neckline(rng.uniform(0.5, 0.75), rng.uniform(0.3, 0.7))
    length = float(rng.choice([0.0, 0.45, 0.6, 1.85], p=[0.25, 0.25, 0.2, 0.3]))
    arms = anatomy.armhole(rng.uniform(0.8, 1.0)) if length == 0 else anatomy.sleeve(length)
    legs = anatomy.brief(rng.uniform(0.6, 1.1), rng.uniform(0.4, 0.65))
    material, edge = cloth_and_edge(rng, SOFT)
    kind = {0.0: "sleeveless", 1.85: "long-sleeved"}.get(length, "short-sleeved")
    return Pattern(
        f"{kind} bodysuit",
        within(neck, arms, legs),
        _snug(rng),
        material,
        (
            *(edging(anatomy, line, 0.016, edge) for line in (neck, legs, arms)),
            *chest_print(anatomy, rng),
        ),
    )


def sleepsuit(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """One piece from neck to feet, closed by poppers; often with feet, seldom with mittens."""
    anatomy = tailor.anatomy
    neck = anatomy.neckline(rng.uniform(0.45, 0.6), rng.uniform(0.2, 0.45))
    has_feet, has_mittens = rng.random() < 0.8, rng.random() < 0.15
    wrists = anatomy.sleeve(2.06 if has_mittens else rng.uniform(1.8, 1.98))
    ankles = anatomy.leg(2.06 if has_feet else rng.uniform(1.75, 1.95))
    material, edge = cloth_and_edge(rng, (*SOFT, "terry", "fleece"))
    studs = leg_studs if rng.random() < 0.6 else front_studs
    cuffs = [edging(anatomy, neck, 0.018, edge)]
    cuffs += [] if has_mittens else [edging(anatomy, wrists, 0.03, edge)]
    cuffs += [] if has_feet else [edging(anatomy, ankles, 0.03, edge)]
    strip = Trim(placket(anatomy, 0.012, 0.1), edge if rng.random() < 0.3 else material, 0.0015)
    bags = bagged(tailor.feet, material, 0.008) if has_feet else ()
    bags += bagged(tailor.hands, material, 0.006) if has_mittens else ()
    hidden = [whole(anatomy, FEET)] * has_feet + [whole(anatomy, HANDS)] * has_mittens
    return Pattern(
        "sleepsuit with feet" if has_feet else "sleepsuit",
        within(neck, wrists, ankles),
        _loose(rng),
        material,
        (*cuffs, strip, *chest_print(anatomy, rng)),
        studs(anatomy, 6, popper(rng)),
        bags,
        either(*hidden) if hidden else None,
    )


def shirt(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """A T-shirt or pullover down to the hips."""
    anatomy = tailor.anatomy
    neck = anatomy.neckline(rng.uniform(0.5, 0.75), rng.uniform(0.3, 0.6))
    is_long = rng.random() < 0.55
    arms = anatomy.sleeve(rng.uniform(1.8, 2.0) if is_long else rng.uniform(0.4, 0.8))
    hem = anatomy.above(rng.uniform(0.0, 0.22))
    material, edge = cloth_and_edge(rng, (*SOFT, *WARM) if is_long else SOFT)
    return Pattern(
        "pullover" if is_long else "T-shirt",
        within(neck, arms, hem),
        Fit(ease=rng.uniform(0.006, 0.014), gather=0.03 * is_long, folds=0.008, slack=0.0025),
        material,
        (
            edging(anatomy, neck, 0.016, edge),
            edging(anatomy, arms, 0.028 if is_long else 0.014, edge),
            edging(anatomy, hem, 0.02, edge),
            *chest_print(anatomy, rng),
        ),
    )


def trousers(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """Leggings, soft trousers or shorts with a waistband."""
    anatomy = tailor.anatomy
    waist = anatomy.below(rng.uniform(0.25, 0.45))
    name = str(rng.choice(["leggings", "trousers", "shorts"], p=[0.35, 0.5, 0.15]))
    length = rng.uniform(0.45, 0.8) if name == "shorts" else rng.uniform(1.8, 2.0)
    legs = anatomy.leg(length)
    material, edge = cloth_and_edge(rng, (*SOFT, "denim") if name != "leggings" else SOFT)
    ease = {"leggings": 0.003, "trousers": 0.012, "shorts": 0.012}[name]
    return Pattern(
        name,
        within(waist, legs),
        Fit(ease=ease, gather=0.0 if name == "shorts" else 0.05, folds=0.008, slack=0.002),
        material,
        (edging(anatomy, waist, 0.03, edge), edging(anatomy, legs, 0.025, edge)),
    )


def cardigan(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """A jacket or cardigan that stands open in front, or is buttoned up."""
    anatomy = tailor.anatomy
    neck = anatomy.neckline(rng.uniform(0.5, 0.65), rng.uniform(0.3, 0.6))
    wrists, hem = anatomy.sleeve(rng.uniform(1.8, 2.0)), anatomy.above(0.05)
    is_open = rng.random() < 0.5
    front = open_front(anatomy, 0.004 + 0.025 * is_open, 0.15 * is_open)
    material = draw_cloth(rng, WARM, CALM, NURSERY, (0.08, 0.16))
    edge = draw_cloth(rng, ("rib",), CALM, NURSERY)
    return Pattern(
        "cardigan",
        within(neck, wrists, hem, front),
        Fit(thickness=0.006, ease=0.008, gather=0.03, folds=0.008, slack=0.002),
        material,
        tuple(edging(anatomy, line, 0.022, edge) for line in (wrists, hem, front, neck)),
        None if is_open else front_studs(anatomy, 5, popper(rng)),
    )


def dress(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """A dress: a bodice with or without sleeves and a skirt over the thighs."""
    anatomy = tailor.anatomy
    neck = anatomy.neckline(rng.uniform(0.5, 0.75), rng.uniform(0.3, 0.6))
    length = float(rng.choice([0.0, 0.4, 1.9], p=[0.4, 0.35, 0.25]))
    arms = anatomy.armhole(rng.uniform(0.85, 1.0)) if length == 0 else anatomy.sleeve(length)
    waist = rng.uniform(0.3, 0.5)
    material, edge = cloth_and_edge(rng, ("cotton", "cotton", "jersey", "muslin"))
    shape = SkirtShape(
        waist + 0.04, rng.uniform(0.45, 0.9), 0.03, rng.uniform(0.015, 0.05),
        int(rng.integers(5, 10)),
    )  # fmt: skip
    return Pattern(
        "dress",
        within(neck, arms, anatomy.above(waist - 0.25)),
        Fit(ease=0.004, gather=0.0),
        material,
        (edging(anatomy, neck, 0.014, edge), edging(anatomy, arms, 0.014, edge)),
        None,
        (Skirt(anatomy, shape, material),),
        below_waist(anatomy, waist),
    )


def _snug(rng: np.random.Generator) -> Fit:
    return Fit(thickness=0.0035, ease=rng.uniform(0.003, 0.007), gather=0.05, folds=0.007)


def _loose(rng: np.random.Generator) -> Fit:
    return Fit(ease=rng.uniform(0.006, 0.013), gather=0.06, folds=0.009, slack=0.0025)
