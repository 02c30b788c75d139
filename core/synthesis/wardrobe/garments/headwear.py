"""Hats, caps, bonnets and hoods: domes around the skull that move with the head."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.parts import BodyPart
from core.synthesis.surface import Material, Role, Surface
from core.synthesis.wardrobe.mesh.hull import Globe
from core.synthesis.wardrobe.mesh.triangles import Faces, Vectors
from core.synthesis.wardrobe.template.anatomy import Anatomy
from core.synthesis.wardrobe.template.features import Features
from core.synthesis.wardrobe.template.wearer import Wearer

_ROWS, _COLUMNS = 14, 26
_MOST_POINTS = 400
_HEM = 0.14  # radians under the hem that are kept

Sheet = tuple[Vectors, Faces, Vectors, Material]  # vertices, faces, uv


@dataclass(frozen=True)
class Shape:
    """A dome over the head.

    lean: degrees that its top leans back from the crown; reach: degrees from the top to its hem;
    margin: its distance from the head, turn_up: how much more the last rows stand off, droop: how
    far the top rises, all in spans between the eyes; covers_ears: whether it goes around them.
    """

    lean: float
    reach: float
    margin: float = 0.06
    turn_up: float = 0.0
    droop: float = 0.0
    covers_ears: bool = True


@dataclass(frozen=True, eq=False)
class Ball:
    """A pompom or an ear on top: degrees aside and forward from the dome's top, size in spans."""

    aside: float
    ahead: float
    size: float
    material: Material


class Headwear:
    """One dome and what is sewn onto it; covered (V,) bool: the vertices hidden under it."""

    def __init__(
        self,
        anatomy: Anatomy,
        features: Features,
        shape: Shape,
        material: Material,
        balls: tuple[Ball, ...] = (),
        peak: Material | None = None,
    ) -> None:
        """For the template's topology; a peak is sewn on where a material for it is given."""
        self._shape, self._material, self._balls, self._peak = shape, material, balls, peak
        self._globe = Globe.of(_ROWS, _COLUMNS, np.radians(shape.reach))
        self._ball_globe = Globe.of(6, 9)
        self._span = features.eye_span
        self._points = _skull(anatomy, features, shape.covers_ears)
        self._head = np.flatnonzero(anatomy.weight(BodyPart.HEAD) > 0.9)[::7]
        self._frame = _leaning(shape.lean)
        self.covered = self._covered(anatomy)

    def surfaces(self, wearer: Wearer) -> list[Surface]:
        """The dome and its balls in one frame."""
        span = self._span * wearer.scale
        rest = wearer.posed.rest_vertices
        dome = self._dome(rest[self._points], span)
        turn = wearer.head_rotation
        shift = wearer.landmark(self._head) - turn @ rest[self._head].mean(axis=0)
        globe = self._globe
        uv = np.stack([globe.turn * 1.3 * span, globe.polar * 1.7 * span], axis=1)
        sheets: list[Sheet] = [(dome, globe.faces, uv, self._material)]
        sheets += [self._ball(one, dome, span) for one in self._balls]
        if self._peak is not None:
            sheets.append(_peak(dome, span, self._peak))
        return [
            _surface(vertices @ turn.T + shift, faces, uv, material)
            for vertices, faces, uv, material in sheets
        ]

    def _covered(self, anatomy: Anatomy) -> NDArray[np.bool_]:
        skull = anatomy.rest[self._points]
        margin = self._shape.margin * self._span
        polar = self._globe.polar_of(anatomy.rest, skull, self._frame, margin)
        inside = polar < np.radians(self._shape.reach) - _HEM
        return inside & (anatomy.weight(BodyPart.HEAD) > 0.5)

    def _dome(self, skull: Vectors, span: float) -> Vectors:
        shape = self._shape
        dome = self._globe.around(skull, self._frame, shape.margin * span)
        middle = (skull.min(axis=0) + skull.max(axis=0)) / 2
        dome = middle + (dome - middle) * 1.04  # the rounded hull cuts corners by a few per cent
        row = np.repeat(np.linspace(0, 1, _ROWS + 1), _COLUMNS + 1)[:, None]
        away = (dome - middle) / np.linalg.norm(dome - middle, axis=1, keepdims=True)
        lifted = shape.turn_up * np.clip((row - 0.72) / 0.04, 0, 1) * (row < 0.99)
        rise = shape.droop * np.clip(1 - row / 0.55, 0, 1) ** 1.5
        return dome + span * (lifted * away + rise * self._frame[0])

    def _ball(self, ball: Ball, dome: Vectors, span: float) -> Sheet:
        top = dome[: _COLUMNS + 1].mean(axis=0)
        middle = dome.mean(axis=0)
        turned = _rotation(ball.ahead, ball.aside) @ (top - middle)
        vertices = middle + turned + ball.size * span * self._ball_globe.directions
        globe = self._ball_globe
        uv = np.stack([globe.turn, globe.polar], axis=1) * ball.size * span
        return vertices, globe.faces, uv, ball.material


def _skull(anatomy: Anatomy, features: Features, ears: bool) -> NDArray[np.int64]:
    """Vertices of the skull, without face, jaw and (unless they are covered) ears."""
    points, span = anatomy.rest, features.eye_span
    above = points[:, 2] > features.eyes[0, 2] + 0.45 * span
    behind = points[:, 1] > features.ears[0, 1] - 0.3 * span
    low = points[:, 2] > features.ears[0, 2] - 0.9 * span
    skull = (anatomy.weight(BodyPart.HEAD) > 0.95) & (above | behind) & low
    if not ears:
        skull &= features.masks["ears"] < 0.05
    chosen = np.flatnonzero(skull)
    return chosen[:: -(-len(chosen) // _MOST_POINTS)]


def _leaning(lean: float) -> Vectors:
    """The globe's axes as rows: its pole up and back, then to the left, then forward."""
    angle = np.radians(lean)
    pole = np.array([0.0, np.sin(angle), np.cos(angle)])
    left = np.array([1.0, 0.0, 0.0])
    return np.stack([pole, left, np.cross(pole, left)]).astype(np.float32)


def _rotation(ahead: float, aside: float) -> NDArray[np.floating]:
    a, b = np.radians(ahead), np.radians(aside)
    forward = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    sideways = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    return sideways @ forward


def _peak(dome: Vectors, span: float, material: Material) -> Sheet:
    """A stiff shade over the forehead, two rows of quads from the hem forward."""
    hem = dome[-(_COLUMNS + 1) :]
    order = np.argsort(hem[:, 1])[:9]
    inner = hem[order[np.argsort(hem[order, 0])]]
    bow = np.sin(np.linspace(0, np.pi, len(inner)))[:, None]
    steps = np.array([0.0, 0.55, 1.0])[:, None, None]
    out = np.array([0.0, -1.1, -0.25]) * span
    grid = inner[None] * (1, 1, 1) + steps * bow * out + np.array([0, -0.02, 0.02]) * span
    at = np.arange(grid.shape[0] * grid.shape[1], dtype=np.int32).reshape(grid.shape[:2])
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]
    faces = np.stack([np.stack([a, d, c], -1), np.stack([a, c, b], -1)], axis=2).reshape(-1, 3)
    vertices = grid.reshape(-1, 3)
    return vertices, faces, vertices[:, :2], material


def _surface(
    vertices: Vectors, faces: NDArray[np.int32], uv: NDArray[np.floating], material: Material
) -> Surface:
    parts = np.full(len(faces), BodyPart.HEAD, np.uint8)
    return Surface(
        vertices.astype(np.float32), faces, uv.astype(np.float32), Role.CLOTHES, material, parts
    )
