"""What a posture leans or sits on besides the ground: chairs, stools, steps, rails, tables."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.synthesis.cloth.fabrics import draw_cloth
from core.synthesis.cloth.flooring import draw_flooring
from core.synthesis.cloth.palettes import EVERYDAY
from core.synthesis.room.layer import Layer
from core.synthesis.room.mesh import Mesh
from core.synthesis.room.solids import box, tube
from core.synthesis.room.subject import Subject
from core.synthesis.surface import Material, Role

Array = NDArray[np.float64]

_SEATS = ("chair", "chair", "stool", "bench", "steps", "armchair")
_RAILS = ("table", "bar", "block")


class Prop(Protocol):
    """A box in the world, metres, sides along the axes: a "seat" or a "rail" by its `name`."""

    @property
    def name(self) -> str:
        """What it is for."""
        ...

    @property
    def centre(self) -> tuple[float, float, float]:
        """Its middle."""
        ...

    @property
    def size(self) -> tuple[float, float, float]:
        """Its lengths along x, y and z."""
        ...


def furniture_for(subject: Subject, props: Sequence[Prop], rng: np.random.Generator) -> Layer:
    """Furniture whose tops lie where the props' do; other props than seats and rails are left."""
    layer = Layer()
    for prop in props:
        size, centre = np.array(prop.size), np.array(prop.centre)
        if prop.name == "seat":
            kind = _SEATS[int(rng.integers(len(_SEATS)))]
            mesh = _seat(kind, size, centre, subject.front)
        elif prop.name == "rail":
            kind = _RAILS[int(rng.integers(len(_RAILS)))]
            mesh = _rail(kind, size, centre)
        else:
            continue
        layer += Layer((mesh.surface(Role.SUPPORT, _material(kind, rng)),), (kind,))
    return layer


def _material(kind: str, rng: np.random.Generator) -> Material:
    if kind in ("armchair", "block") or rng.random() < 0.3:
        return draw_cloth(rng, ("denim", "cotton", "vinyl"), ("plain", "melange"), EVERYDAY)
    return draw_flooring(rng, "wood")


def _seat(kind: str, size: Array, centre: Array, front: Array) -> Mesh:
    top = centre[2] + size[2] / 2
    if kind == "bench":
        return _legged(
            size * (1.0, 1.0, 0.0) + np.abs(front[[1, 0, 2]]) * (0.8, 0.8, 0), centre, top
        )
    if kind == "steps":
        return _steps(size, centre, top, front)
    if kind == "stool":
        return _legged(size, centre, top)
    seat = box(size, centre) if kind == "armchair" else _legged(size, centre, top)
    return Mesh.joined([seat, _back(size, centre, top, front)])


def _back(size: Array, centre: Array, top: float, front: Array) -> Mesh:
    """An upright board behind the person, square to the nearest axis."""
    axis = int(np.argmax(np.abs(front[:2])))
    thin = size.copy()
    thin[axis], thin[2] = 0.04, 0.45
    spot = centre.copy()
    spot[axis] -= np.sign(front[axis]) * (size[axis] / 2 + 0.02)
    spot[2] = top + 0.2
    return box(thin, spot)


def _steps(size: Array, centre: Array, top: float, front: Array) -> Mesh:
    """A flight that goes down to the front; the person sits on the uppermost step."""
    axis = int(np.argmax(np.abs(front[:2])))
    count = max(round(top / 0.17), 1)
    steps, wide = [], size * (1.0, 1.0, 0.0)
    wide[1 - axis] = max(wide[1 - axis], 1.2)
    for number in range(count):
        height = top * (count - number) / count
        spot = centre.copy()
        spot[axis] += np.sign(front[axis]) * number * 0.28
        spot[2] = height / 2
        steps.append(box((wide[0], wide[1], height), spot))
    return Mesh.joined(steps)


def _legged(size: Array, centre: Array, top: float) -> Mesh:
    """A board on four legs down to z = 0."""
    board = box((size[0], size[1], 0.04), (centre[0], centre[1], top - 0.02))
    half = np.maximum(size[:2] / 2 - 0.03, 0.02)
    leg = box((0.035, 0.035, max(top - 0.04, 0.01)), (0, 0, max(top - 0.04, 0.01) / 2))
    corners = half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) + centre[:2]
    return Mesh.joined([board, leg.copies(np.pad(corners, ((0, 0), (0, 1))))])


def _rail(kind: str, size: Array, centre: Array) -> Mesh:
    top = centre[2] + size[2] / 2
    if kind == "block":
        return box((size[0], size[1], top), (centre[0], centre[1], top / 2))
    if kind == "table":
        return _legged(np.maximum(size, (0.05, 0.05, 0.0)), centre, top)
    axis = int(np.argmax(size[:2]))
    ends = np.tile(centre, (2, 1))
    ends[:, 2] = top - 0.018
    ends[:, axis] += size[axis] / 2 * np.array([-1, 1])
    posts = [tube([end * (1, 1, 0), end], 0.015) for end in ends]
    return Mesh.joined([tube(ends, 0.018), *posts])
