"""Cloth, poppers and paper that infants' clothes are made of."""

import numpy as np

from core.synthesis.cloth.fabrics import draw_cloth, woven
from core.synthesis.cloth.palettes import NURSERY, Palette, draw_palette, solid
from core.synthesis.surface import TILE, Material
from core.synthesis.wardrobe.garments.cuts import disc
from core.synthesis.wardrobe.sewing.pattern import Trim
from core.synthesis.wardrobe.template.anatomy import Anatomy

CALM = ("plain", "plain", "melange")
SOFT = ("cotton", "jersey", "jersey", "rib")
WARM = ("fleece", "knit", "terry")
DIAPER_PRINTS = ("plain", "plain", "stars", "bears", "elephants", "dots", "clouds")
LIVELY = (
    "plain", "plain", "melange", "stripes", "fine stripes", "stripes", "dots", "stars", "hearts",
    "clouds", "bears", "flowers", "bunnies", "elephants", "moons", "gingham", "sprigs", "triangles",
)  # fmt: skip


def cloth_and_edge(rng: np.random.Generator, kinds: tuple[str, ...]) -> tuple[Material, Material]:
    """A cloth, and what binds its edges: the same, a plain one that goes with it, or another."""
    kind, printed = str(rng.choice(kinds)), str(rng.choice(LIVELY))
    palette = draw_palette(rng, NURSERY)
    cloth = woven(rng, (kind, printed), palette, rng.uniform(0.08, 0.22))
    if rng.random() < 0.35:
        return cloth, cloth
    shade = palette[int(rng.choice([0, 1, 2]))] if rng.random() < 0.8 else np.ones(3) * 0.92
    return cloth, woven(rng, ("rib", "plain"), solid(*shade), 0.08)


def chest_print(anatomy: Anatomy, rng: np.random.Generator) -> tuple[Trim, ...]:
    """Now and then a round motif."""
    if rng.random() > 0.25:
        return ()
    radius = rng.uniform(0.03, 0.06)
    ring = draw_cloth(rng, ("cotton",), LIVELY, ("bright", "pastel", "muted"), (0.06, 0.2))
    patch = disc(anatomy, 0.62, radius, rng.uniform(0.7, 1.2))
    return (Trim(patch, ring, raised=0.0006, planar=True),)


def popper(rng: np.random.Generator) -> Material:
    """White plastic or metal."""
    shade = np.array([(235, 235, 232), (190, 192, 196), (120, 122, 126)])[int(rng.integers(3))]
    return Material(np.broadcast_to(shade, (TILE, TILE, 3)).astype(np.uint8), None, 0.1, 0.6)


def paper(rng: np.random.Generator) -> Palette:
    """The white of disposable diapers, and what is printed on them."""
    light = rng.uniform(0.88, 0.96)
    palette = draw_palette(rng, ("pastel", "bright"))
    palette[0] = (light, light, min(light + 0.02, 0.97))
    return palette
