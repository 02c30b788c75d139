"""Toys: balls, bears, rattles, rings, blocks, books; all share one cloth and differ in tint."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.synthesis.room.mesh import Mesh, yaw
from core.synthesis.room.solids import ball, box, tube

Array = NDArray[np.float64]


def draw_toy(rng: np.random.Generator, soft: bool = False) -> tuple[Mesh, float, str]:
    """A toy standing on z = 0 about the origin, its radius on the ground in metres, its name.

    `soft`: one that an infant may have on its body.
    """
    makers = SOFT if soft else TOYS
    maker = makers[int(rng.integers(len(makers)))]
    size = float(rng.uniform(0.8, 1.3))
    toy = maker(rng).turned(yaw(rng.uniform(0, 6.28)) * size)
    toy = toy.moved((0, 0, -float(toy.vertices[:, 2].min())))
    radius = float(np.linalg.norm(toy.vertices[:, :2], axis=1).max())
    return toy, radius, maker.__name__.strip("_").replace("_", " ")


def paint(rng: np.random.Generator) -> Array:
    """A toy's linear colour, (3,)."""
    high, low, middle = rng.uniform(0.5, 0.95), rng.uniform(0.02, 0.2), rng.uniform(0.05, 0.9)
    colour = np.array([high, middle, low])[rng.permutation(3)]
    return colour if rng.random() < 0.75 else 0.5 * colour + 0.4


def _ball(rng: np.random.Generator) -> Mesh:
    whole = ball(rng.uniform(0.035, 0.09))
    stripes = (np.arctan2(whole.vertices[:, 1], whole.vertices[:, 0]) * 3 / np.pi).round() % 2
    first, second = paint(rng), paint(rng)
    return whole.tinted(np.where(stripes[:, None] > 0, first, second))


def _teddy(rng: np.random.Generator) -> Mesh:
    fur = np.array([[0.45, 0.25, 0.12], [0.7, 0.6, 0.45], [0.75, 0.72, 0.7], [0.6, 0.35, 0.35],
                    [0.35, 0.45, 0.6]])[rng.integers(5)]  # fmt: skip
    limbs = [ball((0.022, 0.04, 0.022), (x, y, 0.03)).turned(yaw(0.4 * np.sign(x * y)))
             for x in (-0.045, 0.045) for y in (-0.06, 0.04)]  # fmt: skip
    ears = [ball(0.016, (x, 0.13, 0.045)) for x in (-0.035, 0.035)]
    fluff = [ball((0.05, 0.06, 0.04), (0, 0, 0.04)), ball(0.045, (0, 0.095, 0.045)), *limbs, *ears]
    face = [ball(0.018, (0, 0.085, 0.085)).tinted((1.2, 1.2, 1.2))]
    eyes = [ball(0.006, (x, 0.105, 0.085)).tinted((0.03, 0.03, 0.03)) for x in (-0.017, 0.017)]
    return Mesh.joined([Mesh.joined(fluff + face).tinted(fur), *eyes])


def _rabbit(rng: np.random.Generator) -> Mesh:
    fur = np.array([[0.75, 0.7, 0.65], [0.6, 0.6, 0.65], [0.8, 0.5, 0.5]])[rng.integers(3)]
    ears = [ball((0.014, 0.05, 0.008), (x, 0.15, 0.02)) for x in (-0.02, 0.025)]
    legs = [ball((0.018, 0.05, 0.018), (x, -0.08, 0.02)) for x in (-0.03, 0.03)]
    fluff = [ball((0.045, 0.065, 0.035), (0, 0, 0.035)), ball(0.036, (0, 0.08, 0.036))]
    eyes = [ball(0.005, (x, 0.085, 0.07)).tinted((0.03, 0.03, 0.03)) for x in (-0.014, 0.014)]
    return Mesh.joined([Mesh.joined([*fluff, *ears, *legs]).tinted(fur), *eyes])


def _rattle(rng: np.random.Generator) -> Mesh:
    handle = tube([(0, -0.06, 0.025), (0, 0.03, 0.025)], 0.008).tinted(paint(rng))
    ends = [ball(0.026, (0, 0.05, 0.026)), ball(0.016, (0, -0.065, 0.025))]
    return Mesh.joined([handle, *(end.tinted(paint(rng)) for end in ends)])


def _ring(rng: np.random.Generator) -> Mesh:
    turn = np.linspace(0, 2 * np.pi, 17)
    path = 0.04 * np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1)
    return tube(path, 0.012).tinted(paint(rng))


def _ring_tower(rng: np.random.Generator) -> Mesh:
    turn = np.linspace(0, 2 * np.pi, 17)
    circle = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1)
    rings = [
        tube(circle * (0.05 - 0.007 * n) + [0, 0, 0.016 + 0.03 * n], 0.016).tinted(paint(rng))
        for n in range(4)
    ]
    return Mesh.joined([*rings, ball(0.02, (0, 0, 0.15)).tinted(paint(rng))])


def _blocks(rng: np.random.Generator) -> Mesh:
    spots = np.array([[-0.03, 0, 0.02], [0.03, 0.01, 0.02], [0.0, 0.055, 0.02], [0, 0.01, 0.06]])
    cubes = [box(0.04 * np.ones(3)).turned(yaw(rng.uniform(0, 1.5))).moved(spot).tinted(paint(rng))
             for spot in spots[: int(rng.integers(2, 5))]]  # fmt: skip
    return Mesh.joined(cubes)


def _book(rng: np.random.Generator) -> Mesh:
    pages = box((0.13, 0.13, 0.016), (0, 0, 0.01))
    cover = box((0.14, 0.14, 0.004), (0, 0, 0.02)).tinted(paint(rng))
    spot = ball((0.035, 0.035, 0.002), (0, 0, 0.0225)).tinted(paint(rng))
    return Mesh.joined([pages, cover, spot])


def _bottle(rng: np.random.Generator) -> Mesh:
    body = tube([(0, -0.08, 0.03), (0, 0.05, 0.03)], 0.03, sides=12).tinted((0.85, 0.87, 0.9))
    cap = tube([(0, 0.05, 0.03), (0, 0.075, 0.03)], 0.027, sides=12).tinted(paint(rng))
    return Mesh.joined(
        [body, cap, ball((0.012, 0.03, 0.012), (0, 0.09, 0.03)).tinted((0.8, 0.6, 0.4))]
    )


TOYS: tuple[Callable[[np.random.Generator], Mesh], ...] = (
    _ball, _ball, _teddy, _teddy, _rabbit, _rattle, _ring, _ring_tower, _blocks, _book, _bottle,
)  # fmt: skip
SOFT = (_teddy, _rabbit, _rattle, _ring)
