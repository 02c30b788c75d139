"""Materials of floors, walls, furniture and the outdoors."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.synthesis.cloth.noise import periodic_noise, texel_grid
from core.synthesis.surface import TILE, Material

Colour = tuple[float, float, float]  # sRGB in [0, 1]
Field = NDArray[np.float32]  # (TILE, TILE)

WOODS: tuple[Colour, ...] = (
    (0.84, 0.70, 0.52), (0.74, 0.56, 0.38), (0.55, 0.37, 0.25), (0.90, 0.82, 0.70),
    (0.66, 0.60, 0.54), (0.93, 0.90, 0.86),
)  # fmt: skip
STONES: tuple[Colour, ...] = (
    (0.86, 0.85, 0.82), (0.70, 0.66, 0.60), (0.50, 0.52, 0.54), (0.80, 0.70, 0.58),
)  # fmt: skip
CARPETS: tuple[Colour, ...] = (
    (0.82, 0.78, 0.70), (0.70, 0.70, 0.72), (0.45, 0.48, 0.56), (0.70, 0.50, 0.44),
    (0.90, 0.87, 0.80), (0.62, 0.68, 0.60), (0.86, 0.80, 0.72),
)  # fmt: skip
WALLS: tuple[Colour, ...] = (
    (0.92, 0.91, 0.88), (0.85, 0.80, 0.70), (0.75, 0.82, 0.86), (0.80, 0.84, 0.76),
    (0.90, 0.80, 0.80), (0.62, 0.64, 0.66), (0.55, 0.62, 0.70),
)  # fmt: skip
GREENS: tuple[Colour, ...] = ((0.48, 0.56, 0.31), (0.40, 0.50, 0.29), (0.56, 0.58, 0.38))
SANDS: tuple[Colour, ...] = ((0.86, 0.77, 0.60), (0.76, 0.68, 0.54))
ASPHALTS: tuple[Colour, ...] = ((0.42, 0.42, 0.43), (0.55, 0.54, 0.52), (0.30, 0.30, 0.32))
BRICKS: tuple[Colour, ...] = ((0.62, 0.34, 0.26), (0.70, 0.52, 0.42), (0.84, 0.82, 0.78))

_POOL = 4  # patterns of each kind; colours and scale vary much more


@dataclass(frozen=True, eq=False)
class Pattern:
    """A colourless material; arrays are shared, never written to.

    shade: factors on the colour; joints: how much the second colour shows, 0..1; bumps: heights
    as a share of the tile's length.
    """

    shade: Field
    joints: Field
    bumps: Field


@dataclass(frozen=True)
class _Kind:
    make: Callable[[np.random.Generator], Pattern]
    colours: tuple[Colour, ...]
    joint: float  # the second colour is the first times this
    tile_metres: tuple[float, float]
    gloss: float


def draw_flooring(rng: np.random.Generator, kind: str) -> Material:
    """A material of a kind in FLOORINGS, in a colour that such a thing has; about 1 ms."""
    made = FLOORINGS[kind]
    pattern = pattern_of(kind, int(rng.integers(_POOL)))
    colour = np.array(made.colours[int(rng.integers(len(made.colours)))], np.float32)
    colour = np.clip(colour * rng.uniform(0.85, 1.05) + rng.normal(0, 0.012, 3), 0.03, 0.95)
    shade = pattern.shade * (1 - pattern.joints) + np.float32(made.joint) * pattern.joints
    albedo = np.clip(shade[..., None] * (colour * 255).astype(np.float32), 0, 250)
    metres = float(rng.uniform(*made.tile_metres))
    bumps = pattern.bumps * np.float32(metres)
    return Material(albedo.astype(np.uint8), bumps, metres, made.gloss)


@cache
def pattern_of(kind: str, variant: int) -> Pattern:
    """One of the patterns of a kind in FLOORINGS; made once, the same for everybody."""
    return FLOORINGS[kind].make(np.random.default_rng([2000 + len(kind), ord(kind[0]), variant]))


def _planks(rng: np.random.Generator) -> Pattern:
    y, x = texel_grid()
    count = int(rng.choice([3, 4, 6]))
    plank = np.floor(x * count).astype(int) + np.zeros((TILE, 1), int)
    start = rng.random(count)[plank]
    tone = rng.uniform(0.85, 1.12, (count, 2))[plank, ((y + start) % 1 < 0.5).astype(int)]
    grain = periodic_noise(rng, (4, 60), 12.0)
    along = _near_edge((y + start) * 2, 0.008)
    joints = np.maximum(_near_edge(x * count, 0.012 * count / 3), along)
    shade = tone * (1 + 0.07 * grain + 0.04 * periodic_noise(rng, (1, 5), 5.0))
    return _pattern(shade, joints, -0.0025 * joints + 0.0002 * grain)


def _wood(rng: np.random.Generator) -> Pattern:
    rings = np.sin(6 * periodic_noise(rng, (1, 3), 6.0))
    grain = periodic_noise(rng, (6, 80), 14.0)
    return _pattern(1 + 0.06 * rings + 0.05 * grain, 0 * rings, 0.0003 * grain)


def _tiles(rng: np.random.Generator) -> Pattern:
    y, x = texel_grid()
    count = int(rng.choice([1, 2, 2]))
    cell = np.floor(x * count).astype(int) + count * np.floor(y * count).astype(int)
    tone = rng.uniform(0.94, 1.06, count * count)[cell]
    joints = np.maximum(_near_edge(x * count, 0.01 * count), _near_edge(y * count, 0.01 * count))
    clouds = periodic_noise(rng, (2, 20))
    return _pattern(tone * (1 + 0.03 * clouds), joints, -0.004 * joints + 0.0003 * clouds)


def _carpet(rng: np.random.Generator) -> Pattern:
    pile = periodic_noise(rng, (25, 90))
    wear = periodic_noise(rng, (1, 5))
    return _pattern(1 + 0.08 * pile + 0.015 * wear, 0 * pile, 0.0008 * pile)


def _loops(rng: np.random.Generator) -> Pattern:
    y, x = texel_grid()
    rows = np.cos(2 * np.pi * 30 * x) * np.cos(2 * np.pi * 30 * y)
    return _pattern(1 + 0.1 * rows + 0.06 * periodic_noise(rng, (4, 60)), 0 * rows, 0.0008 * rows)


def _plaster(rng: np.random.Generator) -> Pattern:
    rough = periodic_noise(rng, (10, 60))
    return _pattern(
        1 + 0.01 * rough + 0.02 * periodic_noise(rng, (1, 3)), 0 * rough, 0.0006 * rough
    )


def _wallpaper(rng: np.random.Generator) -> Pattern:
    _, x = texel_grid()
    bands = 0.5 + 0.5 * np.sign(np.sin(2 * np.pi * x * int(rng.choice([2, 4, 8]))))
    rough = periodic_noise(rng, (30, 90))
    return _pattern(1 - 0.08 * bands + 0.008 * rough, 0 * rough, 0.0002 * rough)


def _brick(rng: np.random.Generator) -> Pattern:
    y, x = texel_grid()
    row = np.floor(y * 8).astype(int) + np.zeros((1, TILE), int)
    shifted = (x + 0.125 * (row % 2)) % 1
    tone = rng.uniform(0.8, 1.15, (8, 4))[row, np.floor(shifted * 4).astype(int)]
    joints = np.maximum(_near_edge(y * 8, 0.08), _near_edge(shifted * 4, 0.04))
    rough = periodic_noise(rng, (10, 80))
    return _pattern(tone * (1 + 0.06 * rough), joints, -0.01 * joints + 0.001 * rough)


def _grass(rng: np.random.Generator) -> Pattern:
    blades = periodic_noise(rng, (20, 110), 2.0)
    tufts = periodic_noise(rng, (2, 9))
    return _pattern(1 + 0.16 * blades + 0.09 * tufts, 0 * blades, 0.004 * blades)


def _sand(rng: np.random.Generator) -> Pattern:
    grains, dunes = periodic_noise(rng, (40, 120)), periodic_noise(rng, (2, 8))
    return _pattern(1 + 0.05 * grains + 0.04 * dunes, 0 * grains, 0.001 * grains + 0.006 * dunes)


FLOORINGS: dict[str, _Kind] = {
    "planks": _Kind(_planks, WOODS, 0.45, (0.5, 0.9), 0.15),
    "wood": _Kind(_wood, WOODS, 0.5, (0.5, 0.9), 0.15),
    "tiles": _Kind(_tiles, STONES, 0.7, (0.4, 0.8), 0.25),
    "carpet": _Kind(_carpet, CARPETS, 0.6, (0.25, 0.5), 0.0),
    "loop carpet": _Kind(_loops, CARPETS, 0.6, (0.3, 0.5), 0.0),
    "plaster": _Kind(_plaster, WALLS, 0.8, (0.8, 1.5), 0.0),
    "wallpaper": _Kind(_wallpaper, WALLS, 0.8, (0.4, 0.8), 0.0),
    "brick": _Kind(_brick, BRICKS, 1.1, (0.8, 1.0), 0.0),
    "grass": _Kind(_grass, GREENS, 0.6, (0.4, 0.9), 0.0),
    "sand": _Kind(_sand, SANDS, 0.8, (0.5, 1.2), 0.0),
    "asphalt": _Kind(_carpet, ASPHALTS, 0.6, (0.4, 0.8), 0.0),
}


def _near_edge(position: NDArray[np.floating], width: float) -> NDArray[np.floating]:
    """1 close to whole numbers of `position`, 0 elsewhere."""
    away = np.abs(position - np.round(position))
    return np.clip(1.5 - away / width, 0, 1)


def _pattern(shade: NDArray, joints: NDArray, bumps: NDArray) -> Pattern:
    whole = np.zeros((TILE, TILE), np.float32)
    made = [(np.asarray(one) + whole).astype(np.float32) for one in (shade, joints, bumps)]
    return Pattern(np.clip(made[0], 0.3, 1.4), np.clip(made[1], 0, 1), made[2])
