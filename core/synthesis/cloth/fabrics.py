"""Cloth for clothes, sheets and blankets: a weave, a print and colours."""

import numpy as np

from core.synthesis.cloth.motifs import MOTIFS
from core.synthesis.cloth.palettes import NURSERY, Palette, draw_palette
from core.synthesis.cloth.prints import PRINTS, print_of
from core.synthesis.cloth.prints import VARIANTS as PRINT_VARIANTS
from core.synthesis.cloth.weaves import VARIANTS as WEAVE_VARIANTS
from core.synthesis.cloth.weaves import weave_of
from core.synthesis.surface import TILE, Material

CALM = ("plain", "plain", "melange")  # prints of cloth without figures
SHEETS: tuple[str, ...] = (
    *CALM, "plain", "plain", "fine stripes", "stripes", "gingham", "dots", "stars", "flowers",
    "sprigs", "clouds",
)  # fmt: skip
NURSERY_PRINTS: tuple[str, ...] = (
    *MOTIFS, "stripes", "checks", "gingham", "patches", "zigzag", "plain", "plain",
)  # fmt: skip


def draw_cloth(
    rng: np.random.Generator,
    kinds: tuple[str, ...] = ("cotton", "jersey"),
    prints: tuple[str, ...] = PRINTS,
    moods: tuple[str, ...] = NURSERY,
    tile_metres: tuple[float, float] = (0.12, 0.3),
) -> Material:
    """A cloth of one of these weaves, prints and moods (repeated names are likelier).

    `kinds` are names in WEAVES, `prints` in PRINTS, `moods` in MOODS; the tile's length is drawn
    from the range.
    """
    weave, printed = _one_of(rng, kinds), _one_of(rng, prints)
    palette = draw_palette(rng, moods)
    return woven(rng, (weave, printed), palette, float(rng.uniform(*tile_metres)))


def woven(
    rng: np.random.Generator, make: tuple[str, str], palette: Palette, tile_metres: float
) -> Material:
    """A cloth of this make (weave, print) in these colours; takes about a millisecond."""
    weave = weave_of(make[0], int(rng.integers(WEAVE_VARIANTS)))
    inks = print_of(make[1], int(rng.integers(PRINT_VARIANTS)))
    albedo = (inks @ (palette * 255)).reshape(TILE, TILE, 3)
    albedo *= weave.shade
    np.clip(albedo, 0, 255, out=albedo)
    bumps = weave.bumps * np.float32(tile_metres)
    return Material(albedo.astype(np.uint8), bumps, tile_metres, weave.gloss)


def _one_of(rng: np.random.Generator, names: tuple[str, ...]) -> str:
    return names[int(rng.integers(len(names)))]
