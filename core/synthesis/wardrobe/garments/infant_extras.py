"""What infants wear below and over their clothes: diapers, socks, mittens, bibs, sleeping bags."""

import numpy as np

from core.synthesis.cloth.fabrics import draw_cloth, woven
from core.synthesis.cloth.palettes import NURSERY
from core.synthesis.wardrobe.garments.bags import bagged
from core.synthesis.wardrobe.garments.cuts import (
    ARMS,
    FEET,
    HANDS,
    disc,
    edging,
    either,
    front_studs,
    whole,
    within,
)
from core.synthesis.wardrobe.garments.nursery_cloth import (
    CALM,
    DIAPER_PRINTS,
    LIVELY,
    SOFT,
    WARM,
    cloth_and_edge,
    paper,
    popper,
)
from core.synthesis.wardrobe.garments.sleeping_bag import Sack
from core.synthesis.wardrobe.sewing.pattern import Fit, Pattern
from core.synthesis.wardrobe.sewing.tailor import Tailor


def diaper(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """A bulky disposable or cloth diaper with waistband and leg cuffs."""
    anatomy = tailor.anatomy
    waist = anatomy.below(rng.uniform(0.2, 0.34))
    legs = anatomy.brief(rng.uniform(0.35, 0.6), rng.uniform(0.6, 0.8))
    is_cloth = rng.random() < 0.2
    if is_cloth:
        material = draw_cloth(rng, WARM, LIVELY, NURSERY, (0.08, 0.2))
    else:
        material = woven(rng, ("muslin", str(rng.choice(DIAPER_PRINTS))), paper(rng), 0.13)
    plain = woven(rng, ("jersey", "plain"), paper(rng), 0.1)
    return Pattern(
        "cloth diaper" if is_cloth else "diaper",
        within(waist, legs),
        Fit(thickness=0.006, ease=0.008, gather=0.05, folds=0.004, slack=0.0025, rounds=6),
        material,
        (edging(anatomy, waist, 0.022, plain), edging(anatomy, legs, 0.016, plain)),
        bulk=rng.uniform(0.018, 0.042) * anatomy.stature * tailor.features.masks["seat"],
    )


def socks(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """Socks, or bootees."""
    anatomy = tailor.anatomy
    top = rng.uniform(1.55, 1.85)
    shaft = within(anatomy.leg(2.06), -anatomy.leg(top))
    material = draw_cloth(rng, ("rib", "knit", "terry"), LIVELY, NURSERY, (0.06, 0.14))
    return Pattern(
        "socks",
        shaft,
        Fit(thickness=0.0035, ease=0.002, folds=0.004, slack=0.0012),
        material,
        (edging(anatomy, -anatomy.leg(top), 0.025, material),),
        None,
        bagged(tailor.feet, material, 0.005),
        either(whole(anatomy, FEET), shaft),
    )


def mittens(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """Mittens against scratching, gathered at the wrist."""
    anatomy = tailor.anatomy
    shaft = within(anatomy.sleeve(2.06), -anatomy.sleeve(rng.uniform(1.8, 1.9)))
    material = draw_cloth(rng, SOFT, LIVELY, NURSERY, (0.06, 0.14))
    return Pattern(
        "mittens",
        shaft,
        Fit(thickness=0.004, ease=0.004, gather=0.0),
        material,
        (),
        None,
        bagged(tailor.hands, material, 0.008),
        either(whole(anatomy, HANDS), shaft),
    )


def bib(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """A bib on the chest with a band around the neck."""
    anatomy = tailor.anatomy
    neck = anatomy.neckline(0.5, 0.3)
    width, length = rng.uniform(0.1, 0.15), rng.uniform(0.5, 0.65)
    lap = disc(anatomy, 0.98, width, squash=length / width * anatomy.trunk / anatomy.stature)
    collar = (0.03 * anatomy.stature - neck).astype(np.float32)
    material = draw_cloth(rng, ("terry", "muslin", "cotton"), LIVELY, NURSERY, (0.08, 0.2))
    edge = draw_cloth(rng, ("jersey",), CALM, NURSERY)
    shape = within(neck, either(lap, collar))
    return Pattern(
        "bib",
        shape,
        Fit(thickness=0.006, ease=0.004, gather=0.0, folds=0.002, slack=0.003, rounds=8),
        material,
        (edging(anatomy, shape, 0.012, edge),),
        covers=np.full(len(shape), -1, np.float32),  # narrow, and what is below shows at its rim
    )


def sleeping_bag(tailor: Tailor, rng: np.random.Generator) -> Pattern:
    """A vest whose lower half is one sack for both legs."""
    anatomy = tailor.anatomy
    neck, arms = anatomy.neckline(rng.uniform(0.5, 0.65), 0.4), anatomy.armhole(0.95)
    kinds = ("quilt", "fleece", "cotton", "jersey", "muslin")
    material, edge = cloth_and_edge(rng, kinds)
    top = within(neck, arms, anatomy.above(0.2))
    sack = Sack(anatomy, rng.uniform(0.012, 0.03), rng.uniform(0.0, 0.12), material)
    hidden = either(anatomy.below(0.42), whole(anatomy, FEET))
    legs = np.where(anatomy.weight(*ARMS) > 0.05, -1, hidden).astype(np.float32)
    return Pattern(
        "sleeping bag",
        top,
        Fit(thickness=0.008, ease=0.008, gather=0.04, folds=0.006, slack=0.003),
        material,
        (edging(anatomy, neck, 0.02, edge), edging(anatomy, arms, 0.02, edge)),
        front_studs(anatomy, 3, popper(rng), 0.5) if rng.random() < 0.3 else None,
        (sack,),
        legs,
    )
