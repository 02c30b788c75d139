"""Ordinary light: windows, lamps, flashes and cloudy days."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.scene import Lamp, Lighting

Colour = NDArray[np.float64]

WARM, NEUTRAL, COLD = (1.0, 0.80, 0.58), (1.0, 0.97, 0.92), (0.86, 0.94, 1.0)


@dataclass(frozen=True)
class LightKind:
    """Ranges: the lamp's height in degrees, its half-angle in radians, its share of all light.

    tint: (0 warm, 0.5 neutral, 1 cold) range; lamps: how many; total: range of brightness.
    """

    name: str
    elevation: tuple[float, float]
    spread: tuple[float, float]
    share: tuple[float, float]
    tint: tuple[float, float]
    lamps: int = 1
    total: tuple[float, float] = (0.95, 1.28)


INDOORS = (
    LightKind("window", (22, 55), (0.15, 0.45), (0.4, 0.7), (0.5, 0.9)),
    LightKind("bright window", (25, 60), (0.06, 0.2), (0.5, 0.75), (0.45, 0.8)),
    LightKind("ceiling lamp", (60, 86), (0.08, 0.3), (0.35, 0.65), (0.15, 0.6)),
    LightKind("two lamps", (40, 80), (0.08, 0.25), (0.45, 0.7), (0.1, 0.7), lamps=2),
    LightKind("soft daylight", (40, 80), (0.4, 0.7), (0.2, 0.45), (0.5, 0.9)),
    LightKind("dim warm lamp", (30, 70), (0.1, 0.3), (0.45, 0.7), (0.0, 0.25), 1, (0.55, 0.9)),
)
OUTDOORS = (
    LightKind("sun", (25, 70), (0.01, 0.03), (0.55, 0.75), (0.4, 0.6), 1, (1.0, 1.3)),
    LightKind("cloudy day", (40, 80), (0.4, 0.7), (0.1, 0.35), (0.6, 0.9)),
)
_CHANCE = (0.25, 0.13, 0.22, 0.15, 0.18, 0.07)
_FLASH = 0.05  # chance


def draw_lighting(
    rng: np.random.Generator, towards_camera: NDArray[np.float64], outdoors: bool
) -> tuple[Lighting, str]:
    """Light and its plain name; lamps stand on the camera's side or high, where no wall is.

    `towards_camera`: unit vector (3,) from the person.
    """
    if not outdoors and rng.random() < _FLASH:
        return flash(towards_camera, float(rng.uniform(0.5, 0.75))), "flash"
    kinds = OUTDOORS if outdoors else INDOORS
    chance = (0.6, 0.4) if outdoors else _CHANCE
    kind = kinds[int(rng.choice(len(kinds), p=chance))]
    return lit(kind, rng, towards_camera), kind.name


def lit(kind: LightKind, rng: np.random.Generator, towards_camera: NDArray[np.float64]) -> Lighting:
    """Light of this kind."""
    total, share = rng.uniform(*kind.total), rng.uniform(*kind.share)
    colour = tinted(float(rng.uniform(*kind.tint)))
    parts = rng.dirichlet(np.full(kind.lamps, 4.0)) * total * share
    lamps = tuple(
        _lamp(kind, rng, towards_camera, colour * part, 0.75 if kind.lamps == 1 else 1.0)
        for part in parts
    )
    around = total * (1 - share) * (0.6 * colour + 0.4)
    ground = around * rng.uniform(0.45, 0.8) * np.array([1.0, 0.96, 0.9])
    return Lighting(lamps, _triple(around * 1.08), _triple(ground))


def flash(towards_camera: NDArray[np.float64], share: float) -> Lighting:
    """A small hard lamp beside the lens, and some light from around."""
    beside = towards_camera + np.array([0.03, 0.02, 0.05])
    lamp = Lamp(_triple(beside / np.linalg.norm(beside)), _triple(np.full(3, share)), 0.01)
    return Lighting((lamp,), _triple(np.full(3, 1 - share)), _triple(np.full(3, 0.6 * (1 - share))))


def tinted(cold: float) -> Colour:
    """The linear colour of light from warm (0) over neutral (0.5) to cold (1), (3,)."""
    steps = np.array([WARM, NEUTRAL, COLD])
    return np.array([np.interp(cold, [0, 0.5, 1], steps[:, k]) for k in range(3)])


def _lamp(
    kind: LightKind,
    rng: np.random.Generator,
    towards_camera: NDArray[np.float64],
    colour: Colour,
    gain: float,
) -> Lamp:
    height = np.radians(rng.uniform(*kind.elevation))
    facing = np.arctan2(towards_camera[1], towards_camera[0])
    turn = facing + np.radians(rng.uniform(-105, 105))
    flat = np.cos(height)
    direction = np.array([np.cos(turn) * flat, np.sin(turn) * flat, np.sin(height)])
    # A slanting lamp gives a lying body less: make up for most of it.
    exposed = colour * gain / np.sin(height) ** 0.7
    return Lamp(_triple(direction), _triple(exposed), float(rng.uniform(*kind.spread)))


def _triple(values: NDArray[np.float64]) -> tuple[float, float, float]:
    return float(values[0]), float(values[1]), float(values[2])
