"""Skirts: cloth stretched over both thighs at once, from the waist down."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.parts import BodyPart
from core.synthesis.body.pose import JOINTS
from core.synthesis.surface import Material, Role, Surface
from core.synthesis.wardrobe.mesh.triangles import Faces, Vectors
from core.synthesis.wardrobe.template.anatomy import Anatomy
from core.synthesis.wardrobe.template.wearer import Wearer

_ROWS, _COLUMNS = 9, 36
_SLAB_POINTS = 70  # that are measured for each row
_SHARPNESS = 16  # of the outline's corners
_TURN = np.linspace(-np.pi, np.pi, _COLUMNS + 1)
_COMPASS = np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1)  # aside and ahead
_NEARNESS = np.maximum(_COMPASS @ _COMPASS[:-1].T, 0)


@dataclass(frozen=True)
class SkirtShape:
    """top in shares of the trunk, length along the thighs (1 the knee), the rest of stature.

    margin: its distance from the body; flare: how much wider it is at the hem; waves: how many
    folds its hem has, and how deep they are.
    """

    top: float
    length: float
    margin: float = 0.008
    flare: float = 0.03
    waves: int = 7
    wave_depth: float = 0.006


class Skirt:
    """A skirt, or the lower half of a dress."""

    def __init__(self, anatomy: Anatomy, shape: SkirtShape, material: Material) -> None:
        """For the template's topology."""
        self._shape, self._material = shape, material
        self._slabs = _slabs(anatomy, shape)
        self._share = np.linspace(0, 1, _ROWS + 1)
        self.faces = _faces()
        self._parts = _parts(self._share * (shape.length + 0.3) - 0.3)
        length = shape.top * anatomy.trunk + shape.length * anatomy.leg_lengths[0]
        around = 1.1 * float(anatomy.joints["left_hip"][0]) * 1.9
        down, turn = np.meshgrid(self._share * length, _TURN * around, indexing="ij")
        self._uv = np.stack([turn, down], axis=-1).reshape(-1, 2).astype(np.float32)

    def surfaces(self, wearer: Wearer) -> list[Surface]:
        """The skirt in one frame."""
        size = wearer.scale * wearer.anatomy.stature
        rings = self._rings(wearer, size).reshape(-1, 3).astype(np.float32)
        uv = self._uv * np.float32(wearer.scale)
        return [Surface(rings, self.faces, uv, Role.CLOTHES, self._material, self._parts)]

    def _rings(self, wearer: Wearer, size: float) -> Vectors:
        """Rows of the skirt (ROWS + 1, COLUMNS + 1, 3)."""
        axes = _axes(wearer, self._share)
        points = wearer.posed.vertices[self._slabs]
        middle = 0.5 * (points.max(axis=1) + points.min(axis=1))
        flat = np.einsum("rpi,rai->rpa", points - middle[:, None], axes)
        margin = self._shape.margin * size * np.minimum(0.35 + 2.5 * self._share, 1)
        support = (flat @ _COMPASS[:-1].T).max(axis=1) + margin[:, None]
        ratio = _NEARNESS[None] / np.maximum(support, 1e-3)[:, None]
        most = ratio.max(axis=2)
        power = ((ratio / most[..., None]) ** _SHARPNESS).sum(axis=2) ** (1 / _SHARPNESS)
        shape = self._shape
        hang = self._share[:, None] ** 1.3
        wave = shape.wave_depth * np.sin(shape.waves * _TURN)
        reach = 1.03 / (most * power) + size * hang * (shape.flare + wave)
        reach[1:-1] = 0.25 * reach[:-2] + 0.5 * reach[1:-1] + 0.25 * reach[2:]
        reach[:, -1] = reach[:, 0]
        spokes = np.einsum("ca,rai->rci", _COMPASS, axes)
        return middle[:, None] + reach[..., None] * spokes


def _slabs(anatomy: Anatomy, shape: SkirtShape) -> NDArray[np.int64]:
    """For each row the vertices (ROWS + 1, SLAB_POINTS) at its height, on trunk or thighs."""
    thigh = anatomy.leg_lengths[0]
    down = np.maximum(anatomy.along_leg, -anatomy.height)
    down = np.where(anatomy.height < anatomy.trunk, down, -10 * anatomy.stature)
    arms = anatomy.weight(*(part for part in BodyPart if "ARM" in part.name or "HAND" in part.name))
    down = np.where(arms > 0.1, -10 * anatomy.stature, down)
    rows = np.linspace(-shape.top * anatomy.trunk, shape.length * thigh, _ROWS + 1)
    near = np.argsort(np.abs(down[None] - rows[:, None]), axis=1)
    return near[:, :_SLAB_POINTS]


def _axes(wearer: Wearer, share: NDArray[np.floating]) -> Vectors:
    """For each row the directions aside (to the left) and ahead, (ROWS + 1, 2, 3)."""
    world = wearer.posed.pose.world_rotations()
    down = np.array([0.0, 0.0, -1.0])
    hips = world[JOINTS.index("root")] @ down
    thighs = world[JOINTS.index("left_hip")] @ down + world[JOINTS.index("right_hip")] @ down
    blend = np.clip(share / 0.6, 0, 1)[:, None]
    along = (1 - blend) * hips + blend * (0.5 * thighs + 0.05 * hips)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    left = world[JOINTS.index("root")] @ np.array([1.0, 0.0, 0.0])
    aside = left - along * (along @ left)[:, None]
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    return np.stack([aside, np.cross(aside, along)], axis=1)


def _faces() -> Faces:
    at = np.arange((_ROWS + 1) * (_COLUMNS + 1), dtype=np.int32).reshape(_ROWS + 1, _COLUMNS + 1)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]
    faces = np.stack([np.stack([a, c, b], -1), np.stack([a, d, c], -1)], axis=2)
    return faces.reshape(-1, 3)


def _parts(down: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Trunk above the thighs, then the thigh of the side that a face hangs on."""
    turn = 0.5 * (_TURN[:-1] + _TURN[1:])
    side = np.where(np.abs(turn) < np.pi / 2, BodyPart.LEFT_THIGH, BodyPart.RIGHT_THIGH)
    of_quad = np.where(down[:-1, None] < 0.1, BodyPart.TORSO, side[None])
    return np.repeat(of_quad.ravel(), 2).astype(np.uint8)
