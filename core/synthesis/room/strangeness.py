"""Odd rooms for tests of adaptation: bad light, bad cameras, unusual angles, busy patterns."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.synthesis.cloth.fabrics import draw_cloth
from core.synthesis.room.light import flash
from core.synthesis.room.viewpoint import STEEPEST, View
from core.synthesis.scene import Finish, Lighting
from core.synthesis.surface import Role, Surface

_LEAST, _MOST = 1, 2  # how many oddities a strange room has
_ANGLES = ("upside down", "from below the feet", "from above the head", "extremely wide")
_PICTURES = ("very dim", "night vision", "colour cast", "blurred", "compressed", "noisy")
_BUSY = ("blotches", "tartan", "zigzag", "patches", "checks", "stripes", "flowers", "elephants")


@dataclass(frozen=True)
class Strangeness:
    """Which oddities a room has; none in an ordinary one."""

    kinds: tuple[str, ...] = ()

    @staticmethod
    def drawn(rng: np.random.Generator) -> "Strangeness":
        """One or two oddities of different sorts."""
        angle = _ANGLES[int(rng.integers(len(_ANGLES)))]
        picture = _PICTURES[int(rng.integers(len(_PICTURES)))]
        chosen = np.array([angle, picture, "busy patterns"])
        count = int(rng.integers(_LEAST, _MOST + 1))
        return Strangeness(tuple(str(one) for one in rng.choice(chosen, count, replace=False)))

    def view(self, view: View, rng: np.random.Generator) -> View:
        """The view from an unusual angle."""
        for kind in self.kinds:
            if kind in _ODD_VIEWS:
                view = replace(_ODD_VIEWS[kind](view, rng), name=kind)
        return view

    def lighting(
        self, lighting: Lighting, towards_camera: NDArray, rng: np.random.Generator
    ) -> Lighting:
        """Infrared lamps beside the lens at night, else the light as it is."""
        if "night vision" in self.kinds:
            return flash(towards_camera, float(rng.uniform(0.75, 0.95)))
        return lighting

    def finish(self, finish: Finish, rng: np.random.Generator, side: int) -> Finish:
        """A worse picture; `side` in pixels."""
        for kind in self.kinds:
            if kind in _ODD_FINISHES:
                finish = _ODD_FINISHES[kind](finish, rng, side / 256)
        return finish

    def surfaces(
        self, surfaces: tuple[Surface, ...], rng: np.random.Generator
    ) -> tuple[Surface, ...]:
        """Supports in a pattern in which an infant is hard to see."""
        if "busy patterns" not in self.kinds:
            return surfaces
        cloth = draw_cloth(rng, ("cotton",), _BUSY, ("bright", "dark"), (0.15, 0.5))
        return tuple(
            replace(one, material=cloth) if one.role == Role.SUPPORT else one for one in surfaces
        )


def _upside_down(view: View, rng: np.random.Generator) -> View:
    return replace(view, roll=float(180 + rng.normal(0, 15)))


def _below_feet(view: View, rng: np.random.Generator) -> View:
    low = float(rng.uniform(3, 12))
    return replace(
        view, azimuth=float(rng.normal(0, 12)), elevation=low, share=min(view.share, 0.9)
    )


def _above_head(view: View, rng: np.random.Generator) -> View:
    steep = float(rng.uniform(78, STEEPEST))
    return replace(view, azimuth=float(180 + rng.normal(0, 25)), elevation=steep)


def _wide(view: View, rng: np.random.Generator) -> View:
    return replace(view, field=float(rng.uniform(95, 115)), share=float(rng.uniform(0.7, 1.0)))


_ODD_VIEWS: dict[str, Callable[[View, np.random.Generator], View]] = {
    "upside down": _upside_down,
    "from below the feet": _below_feet,
    "from above the head": _above_head,
    "extremely wide": _wide,
}


def _very_dim(finish: Finish, rng: np.random.Generator, scale: float) -> Finish:
    return replace(finish, exposure=float(rng.uniform(0.06, 0.2)), noise=float(rng.uniform(6, 14)))


def _night(finish: Finish, rng: np.random.Generator, scale: float) -> Finish:
    return replace(
        finish, saturation=0.0, vignette=float(rng.uniform(0.6, 0.9)),
        exposure=float(rng.uniform(0.6, 1.3)), noise=float(rng.uniform(6, 16)),
        contrast=float(rng.uniform(1.1, 1.5)), defocus=float(rng.uniform(0.4, 1.2)) * scale,
    )  # fmt: skip


def _cast(finish: Finish, rng: np.random.Generator, scale: float) -> Finish:
    factors = np.exp(rng.normal(0, 0.45, 3))
    factors /= factors.mean()
    return replace(finish, white_balance=(float(factors[0]), float(factors[1]), float(factors[2])))


def _blurred(finish: Finish, rng: np.random.Generator, scale: float) -> Finish:
    angle, smear = rng.uniform(0, np.pi), rng.uniform(0, 12) * scale
    motion = (float(smear * np.cos(angle)), float(smear * np.sin(angle)))
    return replace(finish, defocus=float(rng.uniform(1.5, 3.5)) * scale, motion=motion)


def _compressed(finish: Finish, rng: np.random.Generator, scale: float) -> Finish:
    return replace(finish, jpeg=int(rng.integers(6, 20)), contrast=float(rng.uniform(0.7, 1.3)))


def _noisy(finish: Finish, rng: np.random.Generator, scale: float) -> Finish:
    return replace(finish, noise=float(rng.uniform(18, 38)))


_ODD_FINISHES: dict[str, Callable[[Finish, np.random.Generator, float], Finish]] = {
    "very dim": _very_dim,
    "night vision": _night,
    "colour cast": _cast,
    "blurred": _blurred,
    "compressed": _compressed,
    "noisy": _noisy,
}
