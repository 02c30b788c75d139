"""Which ink lies where on a printed cloth: stripes, checks and scattered figures."""

from collections.abc import Callable, Iterator
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from core.synthesis.cloth.motifs import MOTIFS
from core.synthesis.cloth.noise import periodic_noise, texel_grid
from core.synthesis.surface import TILE

VARIANTS = 4  # of each print
INKS = 4  # colours that a print may use; 0 is the ground
_FINE = 3  # figures are drawn this much larger and then shrunk, for smooth edges

Inks = NDArray[np.float32]


@cache
def print_of(kind: str, variant: int) -> Inks:
    """How much of each ink every texel shows, (TILE * TILE, INKS) float32 summing to 1.

    One of the VARIANTS of a kind in PRINTS; made once, shared, never written to.
    """
    rng = np.random.default_rng([1000 + PRINTS.index(kind), variant])
    shares = _scattered(kind, rng) if kind in MOTIFS else _REGULAR[kind](rng)
    return np.ascontiguousarray(shares.reshape(TILE * TILE, INKS), dtype=np.float32)


def _plain(rng: np.random.Generator) -> Inks:
    return _mixed(np.zeros((TILE, TILE)))


def _melange(rng: np.random.Generator) -> Inks:
    return _mixed(0.25 + 0.15 * periodic_noise(rng, (20, 90), 0.4))


def _stripes(rng: np.random.Generator) -> Inks:
    _, x = texel_grid()
    pairs = int(rng.choice([2, 4, 6, 8]))  # even: two inks take turns
    share = rng.uniform(0.3, 0.6)
    phase = x * pairs
    band = _edge(share / 2 - np.abs(phase % 1 - 0.5), 0.02)
    return _mixed(np.broadcast_to(band, (TILE, TILE)), second=np.floor(phase) % 2 == 1)


def _fine_stripes(rng: np.random.Generator) -> Inks:
    _, x = texel_grid()
    band = _edge(rng.uniform(0.08, 0.25) - np.abs(x * rng.integers(10, 20) % 1 - 0.5), 0.08)
    return _mixed(np.broadcast_to(band, (TILE, TILE)))


def _checks(rng: np.random.Generator) -> Inks:
    y, x = texel_grid()
    pairs = int(rng.choice([2, 3, 4]))
    return _mixed((np.floor(2 * pairs * x) + np.floor(2 * pairs * y)) % 2)


def _gingham(rng: np.random.Generator) -> Inks:
    y, x = texel_grid()
    pairs = int(rng.choice([4, 6, 8]))
    return _mixed(0.5 * ((pairs * x % 1 < 0.5) * 1.0 + (pairs * y % 1 < 0.5) * 1.0))


def _tartan(rng: np.random.Generator) -> Inks:
    y, x = texel_grid()
    wide = 0.45 * ((2 * x % 1 < 0.4) * 1.0 + (2 * y % 1 < 0.4) * 1.0)
    thin = (np.abs(2 * x % 1 - 0.7) < 0.04) | (np.abs(2 * y % 1 - 0.7) < 0.04)
    return _mixed(np.where(thin, 0.8, wide), second=thin)


def _zigzag(rng: np.random.Generator) -> Inks:
    y, x = texel_grid()
    count = int(rng.choice([2, 4, 6]))  # even: two inks take turns
    wave = 0.5 * np.abs(2 * (count * x % 1) - 1)
    phase = count * y + wave
    return _mixed(phase % 1 < 0.5, second=np.floor(phase) % 2 == 1)


def _patches(rng: np.random.Generator) -> Inks:
    # Neighbours differ in every direction because each row shifts the cycle by two.
    cell = (np.arange(INKS)[:, None] * 2 + np.arange(INKS)[None, :]) % INKS
    cell = rng.permutation(INKS)[cell]
    at = (np.arange(TILE) * INKS) // TILE
    return np.eye(INKS, dtype=np.float32)[cell[at][:, at]]


def _blotches(rng: np.random.Generator) -> Inks:
    first = _edge(periodic_noise(rng, (2, 7)) - 0.3, 0.1)
    return _mixed(first, second=periodic_noise(rng, (2, 7)) > 0.2)


_REGULAR: dict[str, Callable[[np.random.Generator], Inks]] = {
    "plain": _plain,
    "melange": _melange,
    "stripes": _stripes,
    "fine stripes": _fine_stripes,
    "checks": _checks,
    "gingham": _gingham,
    "tartan": _tartan,
    "zigzag": _zigzag,
    "patches": _patches,
    "blotches": _blotches,
}
PRINTS: tuple[str, ...] = (*_REGULAR, *MOTIFS)


def _scattered(kind: str, rng: np.random.Generator) -> Inks:
    side = TILE * _FINE
    canvas = np.zeros((side, side), np.uint8)
    for centre, radius, turn, colour in _places(rng, side):
        for ink, outline in MOTIFS[kind]():
            shown = ink if ink != 1 else colour
            _fill(canvas, outline @ turn * radius + centre, shown)
    each = [cv2.resize((canvas == ink) * np.float32(1), (TILE, TILE), interpolation=cv2.INTER_AREA)
            for ink in range(INKS)]  # fmt: skip
    return np.stack(each, axis=-1)


def _places(
    rng: np.random.Generator, side: int
) -> Iterator[tuple[NDArray[np.float64], float, NDArray[np.float64], int]]:
    """Centres on a loose grid whose odd rows are shifted, with radius, turn and ink."""
    count = int(rng.choice([2, 4, 4, 6]))
    jitter, tumble = rng.choice([0.0, 0.12]), rng.choice([0.0, 0.3, 3.0])
    size = rng.uniform(0.22, 0.38)
    for row in range(count):
        for column in range(count):
            shift = np.array([column + 0.5 * (row % 2), row]) + rng.uniform(-jitter, jitter, 2)
            angle = rng.uniform(-tumble, tumble)
            c, s = np.cos(angle), np.sin(angle)
            colour = 1 if (row + column) % 2 == 0 else 3
            yield (
                (shift + 0.5) * side / count,
                size * side / count,
                np.array([[c, s], [-s, c]]),
                colour,
            )


def _fill(canvas: NDArray[np.uint8], outline: NDArray[np.float64], ink: int) -> None:
    """Paint a polygon and the copies of it that come in over the tile's borders."""
    side = canvas.shape[0]
    for dy in (-side, 0, side):
        for dx in (-side, 0, side):
            cv2.fillPoly(canvas, [np.round(outline + np.array([dx, dy])).astype(np.int32)], ink)


def _edge(inside: NDArray[np.floating], width: float) -> NDArray[np.floating]:
    """1 where `inside` is positive, 0 where negative, with a ramp of this width."""
    return np.clip(inside / width + 0.5, 0, 1)


def _mixed(amount: NDArray, second: NDArray | None = None) -> Inks:
    """Ground and ink 1 by amount; where `second` is true ink 2 takes the place of ink 1."""
    amount = np.clip(amount * np.ones((TILE, TILE)), 0, 1)
    other = np.zeros_like(amount) if second is None else np.broadcast_to(second, amount.shape)
    shares = np.zeros((TILE, TILE, INKS), np.float32)
    shares[..., 0], shares[..., 1], shares[..., 2] = (
        1 - amount,
        amount * (1 - other),
        amount * other,
    )
    return shares
