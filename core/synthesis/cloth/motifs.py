"""Small figures that are printed on nursery cloth, as polygons in the unit circle."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Polygon = NDArray[np.float64]
Motif = tuple[tuple[int, Polygon], ...]  # ink (1, 2, ...) and outline (N, 2), later ones on top


def disc(x: float = 0.0, y: float = 0.0, radius: float = 1.0, squash: float = 1.0) -> Polygon:
    """A circle, or with `squash` an ellipse that is lower than wide."""
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    return np.stack([x + radius * np.cos(angle), y + radius * squash * np.sin(angle)], axis=1)


def _dot() -> Motif:
    return ((1, disc()),)


def _ring() -> Motif:
    return ((1, disc()), (0, disc(radius=0.6)))


def _star() -> Motif:
    angle = np.arange(10) * np.pi / 5 - np.pi / 2
    radius = np.where(np.arange(10) % 2 == 0, 1.0, 0.45)
    return ((1, np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)),)


def _heart() -> Motif:
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return ((1, np.stack([16 * np.sin(t) ** 3, -y], axis=1) / 16),)


def _moon() -> Motif:
    return ((1, disc()), (0, disc(0.45, -0.15, 0.85)))


def _cloud() -> Motif:
    lumps = ((-0.55, 0.15, 0.4), (0.0, -0.1, 0.55), (0.55, 0.15, 0.42), (0.0, 0.25, 0.45))
    return tuple((1, disc(x, y, radius)) for x, y, radius in lumps)


def _flower() -> Motif:
    turns = np.arange(5) * 2 * np.pi / 5
    petals = tuple((1, disc(0.6 * np.cos(t), 0.6 * np.sin(t), 0.4)) for t in turns)
    return (*petals, (2, disc(radius=0.33)))


def _sprig() -> Motif:
    stem = np.array([[-0.06, -0.9], [0.06, -0.9], [0.06, 1.0], [-0.06, 1.0]])
    leaves = ((-0.35, -0.4), (0.35, -0.1), (-0.35, 0.2), (0.35, 0.5), (0.0, -0.85))
    return ((1, stem), *((1, disc(x, y, 0.34, 0.5)) for x, y in leaves))


def _bear() -> Motif:
    ears = ((1, disc(-0.6, -0.6, 0.35)), (1, disc(0.6, -0.6, 0.35)))
    eyes = ((2, disc(-0.3, -0.05, 0.11)), (2, disc(0.3, -0.05, 0.11)))
    return (*ears, (1, disc(0.0, 0.1, 0.8, 0.9)), *eyes, (2, disc(0.0, 0.35, 0.2, 0.7)))


def _bunny() -> Motif:
    ears = tuple((1, disc(x, -0.6, 0.17) * [1.0, 1.6] + [0, 0.42]) for x in (-0.28, 0.28))
    eyes = ((2, disc(-0.2, 0.3, 0.08)), (2, disc(0.2, 0.3, 0.08)))
    return (*ears, (1, disc(0.0, 0.4, 0.55)), *eyes)


def _fish() -> Motif:
    tail = np.array([[0.45, 0.0], [1.0, -0.45], [1.0, 0.45]])
    return ((1, tail), (1, disc(-0.15, 0.0, 0.75, 0.62)), (2, disc(-0.5, -0.1, 0.1)))


def _elephant() -> Motif:
    legs = tuple((1, disc(x, 0.65, 0.19) * [1.0, 1.0]) for x in (-0.1, 0.5))
    trunk = (1, disc(-0.85, 0.3, 0.16) * [1.0, 1.4])
    return (*legs, trunk, (1, disc(0.2, 0.15, 0.6, 0.8)), (1, disc(-0.5, -0.1, 0.45)),
            (2, disc(-0.35, -0.05, 0.25)), (0, disc(-0.7, -0.2, 0.06)))  # fmt: skip


def _triangle() -> Motif:
    return ((1, np.array([[0.0, -1.0], [0.87, 0.5], [-0.87, 0.5]])),)


def _cross() -> Motif:
    bar = np.array([[-1.0, -0.25], [1.0, -0.25], [1.0, 0.25], [-1.0, 0.25]])
    return ((1, bar), (1, bar[:, ::-1]))


MOTIFS: dict[str, Callable[[], Motif]] = {
    "dots": _dot,
    "rings": _ring,
    "stars": _star,
    "hearts": _heart,
    "moons": _moon,
    "clouds": _cloud,
    "flowers": _flower,
    "sprigs": _sprig,
    "bears": _bear,
    "bunnies": _bunny,
    "fishes": _fish,
    "elephants": _elephant,
    "triangles": _triangle,
    "crosses": _cross,
}
