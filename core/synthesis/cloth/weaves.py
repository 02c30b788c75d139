"""How cloth is made: the shade and the small heights of its surface, without its colours."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.synthesis.cloth.noise import periodic_noise, texel_grid
from core.synthesis.surface import TILE

VARIANTS = 4  # of each weave; colours, prints and scale vary much more

Heights = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Weave:
    """The surface of a cloth; arrays are shared, never written to.

    shade (TILE, TILE, 1) float32 factors on the colour, about 1; bumps (TILE, TILE) float32
    heights as a share of the tile's length.
    """

    shade: NDArray[np.float32]
    bumps: NDArray[np.float32]
    gloss: float


@cache
def weave_of(kind: str, variant: int) -> Weave:
    """One of the VARIANTS of a kind in WEAVES; made once, the same for everybody."""
    rng = np.random.default_rng([sorted(WEAVES).index(kind), variant])
    return WEAVES[kind](rng)


def _cotton(rng: np.random.Generator) -> Weave:
    return _weave(_creases(rng, 2.0), periodic_noise(rng, (30, 90)), (0.0040, 0.0), 0.02)


def _jersey(rng: np.random.Generator) -> Weave:
    return _weave(_creases(rng, 2.0), periodic_noise(rng, (20, 60), 0.3), (0.0030, 0.0), 0.02)


def _rib(rng: np.random.Generator) -> Weave:
    _, x = texel_grid()
    ribs = np.cos(2 * np.pi * x * rng.integers(24, 44)) + np.zeros((TILE, 1), np.float32)
    return _weave(_creases(rng, 2.0), ribs.astype(np.float32), (0.002, 0.0007), 0.06)


def _terry(rng: np.random.Generator) -> Weave:
    loops = periodic_noise(rng, (35, 90))
    return _weave(_creases(rng, 1.5), loops, (0.0025, 0.0009), 0.07)


def _fleece(rng: np.random.Generator) -> Weave:
    tufts = periodic_noise(rng, (18, 60))
    return _weave(_creases(rng, 1.5), tufts, (0.003, 0.0008), 0.035)


def _knit(rng: np.random.Generator) -> Weave:
    y, x = texel_grid()
    columns = int(rng.integers(26, 44))
    slant = np.abs(((x * columns) % 1) - 0.5)
    stitch = np.cos(2 * np.pi * (y * round(columns * 0.8) + slant))
    mesh = (stitch * 0.6 + np.cos(2 * np.pi * x * columns)).astype(np.float32)
    return _weave(periodic_noise(rng, (1, 4)), mesh, (0.003, 0.0006), 0.06)


def _muslin(rng: np.random.Generator) -> Weave:
    y, x = texel_grid()
    crinkle = periodic_noise(rng, (10, 40), 0.6)
    grid = (np.cos(2 * np.pi * 64 * x) + np.cos(2 * np.pi * 64 * y)).astype(np.float32)
    return _weave(crinkle, grid, (0.0030, 0.0), 0.03)


def _quilt(rng: np.random.Generator) -> Weave:
    y, x = texel_grid()
    cells = int(rng.integers(2, 5))
    u, v = (x + y) * cells, (x - y) * cells
    if rng.random() < 0.4:
        u, v = x * 2 * cells, y * 2 * cells
    pillow = np.abs(np.sin(np.pi * u) * np.sin(np.pi * v)) ** 0.4
    seam = (1 - np.clip(pillow * 2.5, 0, 1)).astype(np.float32)
    heights = pillow.astype(np.float32) + 0.08 * periodic_noise(rng, (4, 20))
    return _weave(heights, -seam, (0.05 / cells, 0.0), 0.12)


def _denim(rng: np.random.Generator) -> Weave:
    y, x = texel_grid()
    twill = np.cos(2 * np.pi * (40 * x + 40 * y)) + periodic_noise(rng, (4, 80))
    return _weave(_creases(rng, 2.5), twill.astype(np.float32), (0.003, 0.0), 0.10)


def _vinyl(rng: np.random.Generator) -> Weave:
    shape = periodic_noise(rng, (1, 5))
    made = _weave(shape, periodic_noise(rng, (3, 10)), (0.003, 0.0), 0.01)
    return Weave(made.shade, made.bumps, 0.45)


def _foam(rng: np.random.Generator) -> Weave:
    """Puzzle squares, four across the tile, whose teeth lock into each other."""
    y, x = texel_grid()
    teeth = 4 * int(rng.choice([4, 5, 6]))
    seam = np.maximum(_toothed(4 * x, y, teeth), _toothed(4 * y, x, teeth))
    return _weave(periodic_noise(rng, (60, 120)), -seam, (0.0002, 0.0012), 0.2)


WEAVES: dict[str, Callable[[np.random.Generator], Weave]] = {
    "cotton": _cotton,
    "jersey": _jersey,
    "rib": _rib,
    "terry": _terry,
    "fleece": _fleece,
    "knit": _knit,
    "muslin": _muslin,
    "quilt": _quilt,
    "denim": _denim,
    "vinyl": _vinyl,
    "foam": _foam,
}


def _creases(rng: np.random.Generator, waves: float) -> Heights:
    """Soft ridges as in cloth that was folded and worn, in the mean about 0."""
    ridged = 1 - np.abs(periodic_noise(rng, (waves * 0.7, waves * 2.0)))
    return (ridged + 0.2 * periodic_noise(rng, (waves * 2, waves * 5))).astype(np.float32)


def _toothed(
    across: NDArray[np.floating], along: NDArray[np.floating], teeth: int
) -> NDArray[np.floating]:
    """1 on a toothed line at each whole number of `across`, 0 elsewhere."""
    tooth = 0.05 * np.clip(4 * np.sin(2 * np.pi * teeth * along), -1, 1)
    away = np.abs((across + 0.5 - tooth) % 1 - 0.5)
    return np.clip(1.5 - away / 0.02, 0, 1)


def _weave(
    coarse: NDArray[np.floating],
    fine: NDArray[np.floating],
    heights: tuple[float, float],
    contrast: float,
) -> Weave:
    """Coarse and fine relief with their heights (shares of the tile); the fine one also shades."""
    shade = np.clip(1 + contrast * fine, 0.4, 1.3)[..., None].astype(np.float32)
    bumps = (heights[0] * coarse + heights[1] * fine).astype(np.float32)
    return Weave(shade, bumps, 0.0)
