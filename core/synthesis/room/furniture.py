"""Painted furniture along a wall: chests, shelves with books, frames, curtains, doors.

Each piece stands on z = 0 against a wall in the plane y = 0, whose room lies towards -Y.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.synthesis.room.mesh import Mesh
from core.synthesis.room.solids import ball, box, lattice, tube

Array = NDArray[np.float64]

_PAINTS = ((0.9, 0.88, 0.85), (0.55, 0.65, 0.75), (0.8, 0.72, 0.6), (0.35, 0.35, 0.38),
           (0.75, 0.55, 0.5), (0.6, 0.7, 0.55))  # fmt: skip
_HALF = 2.2  # metres of wall to both sides
_EMPTY = 0.25  # how often a stretch of wall stays bare


def along_wall(rng: np.random.Generator) -> tuple[Mesh, tuple[str, ...]]:
    """Pieces side by side along the wall as one mesh, and their names."""
    names, pieces = list(PIECES), [_skirting()]
    chosen, aside = [], -_HALF
    while aside < _HALF:
        if rng.random() > _EMPTY:
            name = names[int(rng.integers(len(names)))]
            paint = np.array(_PAINTS[int(rng.integers(len(_PAINTS)))]) ** 2.2
            pieces.append(PIECES[name](rng, paint).moved((aside, 0.0, 0.0)))
            chosen.append(name)
        aside += rng.uniform(0.5, 1.1)
    return Mesh.joined(pieces), tuple(dict.fromkeys(chosen))


def _skirting() -> Mesh:
    return box((12.0, 0.02, 0.08), (0, -0.01, 0.04))


def _chest(rng: np.random.Generator, paint: Array) -> Mesh:
    wide, high, drawers = rng.uniform(0.5, 1.0), rng.uniform(0.5, 1.0), int(rng.integers(2, 5))
    body = box((wide, 0.42, high), (0, -0.21, high / 2)).tinted(paint)
    each = high / drawers
    fronts = [box((wide - 0.05, 0.02, each - 0.03), (0, -0.425, (n + 0.5) * each)).tinted(
        paint * 1.12) for n in range(drawers)]  # fmt: skip
    knobs = [ball(0.018, (0, -0.45, (n + 0.5) * each)).tinted(paint * 0.4) for n in range(drawers)]
    return Mesh.joined([body, *fronts, *knobs])


def _shelf(rng: np.random.Generator, paint: Array) -> Mesh:
    wide, high = rng.uniform(0.6, 1.0), rng.uniform(0.8, 1.8)
    boards = [box((wide, 0.28, 0.02), (0, -0.14, z)) for z in np.linspace(0.05, high, 4)]
    sides = [box((0.02, 0.28, high), (x, -0.14, high / 2)) for x in (-wide / 2, wide / 2)]
    back = box((wide, 0.01, high), (0, -0.005, high / 2)).tinted((0.8, 0.8, 0.8))
    frame = Mesh.joined([*boards, *sides, back]).tinted(paint)
    return Mesh.joined([frame, *_books(rng, wide, high)])


def _books(rng: np.random.Generator, wide: float, high: float) -> list[Mesh]:
    books = []
    for z in np.linspace(0.05, high, 4)[:3]:
        x = -wide / 2 + 0.03
        while x < wide / 2 - 0.1:
            thick, tall = rng.uniform(0.03, 0.1), rng.uniform(0.12, 0.24)
            colour = rng.uniform(0.03, 0.8, 3)
            books.append(
                box((thick, 0.16, tall), (x + thick / 2, -0.14, z + tall / 2)).tinted(colour)
            )
            x += thick + (0.005 if rng.random() < 0.8 else 0.12)
    return books


def _frame(rng: np.random.Generator, paint: Array) -> Mesh:
    size, z = rng.uniform(0.25, 0.6, 2), float(rng.uniform(1.2, 1.6))
    rim = box((size[0], 0.03, size[1]), (0, -0.015, z)).tinted(paint)
    inner = box((size[0] - 0.06, 0.01, size[1] - 0.06), (0, -0.035, z))
    spot = ball((size[0] / 5, 0.005, size[1] / 5), (0, -0.04, z)).tinted(rng.uniform(0.05, 0.7, 3))
    return Mesh.joined([rim, inner, spot])


def _curtain(rng: np.random.Generator, paint: Array) -> Mesh:
    wide, folds = rng.uniform(0.5, 1.1), int(rng.integers(5, 10))
    x = np.linspace(-wide / 2, wide / 2, 8 * folds)
    depth = -0.08 + 0.03 * np.sin(np.linspace(0, 2 * np.pi * folds, len(x)))
    low = np.stack([x, depth, np.full_like(x, 0.03)], axis=1)
    both = np.concatenate([low, low + np.array([0, 0, 2.3])])
    return Mesh.of(both, lattice(2, len(x)), both[:, [0, 2]]).tinted(paint)


def _basket(rng: np.random.Generator, paint: Array) -> Mesh:
    radius, high = rng.uniform(0.14, 0.25), rng.uniform(0.2, 0.4)
    rim = radius * np.array([0.8, 0.95, 1.0, 0.97])
    wall = tube([(0, -0.3, z) for z in np.linspace(0, high, 4)], rim, sides=16)
    spots = rng.uniform(-0.1, 0.1, (4, 3)) * (1, 1, 0) + (0, -0.3, high)
    toys = [ball(0.07, spot).tinted(rng.uniform(0.05, 0.9, 3)) for spot in spots]
    return Mesh.joined([wall.tinted(paint * (0.9, 0.75, 0.5)), *toys])


def _door(rng: np.random.Generator, paint: Array) -> Mesh:
    leaf = box((0.85, 0.04, 2.0), (0, -0.01, 1.0))
    fields = [box((0.6, 0.02, 0.7), (0, -0.03, z)).tinted((0.9, 0.9, 0.9)) for z in (0.5, 1.4)]
    return Mesh.joined(
        [leaf, *fields, ball(0.03, (0.36, -0.07, 1.0)).tinted((0.3, 0.3, 0.3))]
    ).tinted(np.maximum(paint, 0.5))


def _armchair(rng: np.random.Generator, paint: Array) -> Mesh:
    seat = box((0.7, 0.7, 0.42), (0, -0.4, 0.21))
    back = box((0.7, 0.18, 0.85), (0, -0.1, 0.43))
    arms = [
        box((0.14, 0.7, 0.58), (x, -0.4, 0.29)).tinted((0.92, 0.92, 0.92)) for x in (-0.38, 0.38)
    ]
    return Mesh.joined([seat, back, *arms]).tinted(paint)


PIECES: dict[str, Callable[[np.random.Generator, Array], Mesh]] = {
    "chest of drawers": _chest,
    "shelf": _shelf,
    "picture": _frame,
    "curtain": _curtain,
    "basket": _basket,
    "door": _door,
    "armchair": _armchair,
}
