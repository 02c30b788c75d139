"""Lay the body's skin out flat, limb by limb, so that prints neither swim nor stretch grossly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.wardrobe.mesh.triangles import Faces, Vectors
from core.synthesis.wardrobe.template.anatomy import Anatomy

TRUNK, LEFT_ARM, RIGHT_ARM, LEFT_LEG, RIGHT_LEG = range(5)


@dataclass(frozen=True, eq=False)
class Seamed:
    """A mesh whose vertices are doubled along the seams between panels of cloth.

    origin (S,) int32 the vertex that each was; faces (F, 3) int32; uv (S, 2) float32 metres.
    """

    origin: NDArray[np.int32]
    faces: Faces
    uv: NDArray[np.floating]


def unrolled(anatomy: Anatomy, points: Vectors, faces: Faces) -> Seamed:
    """Panels for points (V, 3) of the spread template: the trunk, arms and legs as cylinders."""
    panel = _panels(anatomy, points[faces].mean(axis=1))
    flat = np.stack([
        _cylinder(*_axis(anatomy, one), points, np.unique(faces[panel == one])) for one in range(5)
    ])  # fmt: skip
    angle = flat[panel[:, None], 0, faces]
    # A face across the seam reaches around it: its corners behind the seam belong beyond it.
    across = np.ptp(angle, axis=1) > np.pi
    beyond = across[:, None] & (angle < 0)
    keys = np.stack([faces, np.broadcast_to(panel[:, None], faces.shape), beyond], axis=-1)
    corners, of_corner = np.unique(keys.reshape(-1, 3), axis=0, return_inverse=True)
    origin, of_panel = corners[:, 0], corners[:, 1]
    angle, radius, along = flat[of_panel, :, origin].T
    turned = angle + 2 * np.pi * corners[:, 2]
    uv = np.stack([turned * radius, along], axis=1).astype(np.float32)
    return Seamed(origin.astype(np.int32), of_corner.reshape(-1, 3).astype(np.int32), uv)


def _panels(anatomy: Anatomy, points: Vectors) -> NDArray[np.int64]:
    """Which panel points (N, 3) lie on: sleeves begin at the armholes, legs at the groin."""
    left = points[:, 0] > 0
    shoulder, hip = anatomy.joints["left_shoulder"], anatomy.joints["left_hip"]
    side = np.abs(points[:, 0])
    arm = (side > 0.97 * shoulder[0]) & (points[:, 2] > hip[2] + 0.35 * anatomy.trunk)
    leg = points[:, 2] < anatomy.crotch[2] + 0.8 * (side - 0.2 * hip[0])
    panel = np.where(arm, np.where(left, LEFT_ARM, RIGHT_ARM), TRUNK)
    return np.where(leg & ~arm, np.where(left, LEFT_LEG, RIGHT_LEG), panel)


def _axis(anatomy: Anatomy, panel: int) -> tuple[Vectors, Vectors, Vectors]:
    """Start and direction of a panel's axis, and the direction that faces away from its seam."""
    up = np.array([0, 0, 1], np.float32)
    if panel == TRUNK:
        return anatomy.joints["root"], -up, np.array([0, -1, 0], np.float32)
    mirror = np.array([1 if panel in (LEFT_ARM, LEFT_LEG) else -1, 1, 1], np.float32)
    if panel in (LEFT_ARM, RIGHT_ARM):
        return anatomy.joints["left_shoulder"] * mirror, anatomy.arm_axis * mirror, up
    outward = np.array([1, 0, 0], np.float32)
    return anatomy.joints["left_hip"] * mirror, anatomy.leg_axis * mirror, outward * mirror


def _cylinder(
    start: Vectors, axis: Vectors, front: Vectors, points: Vectors, members: NDArray[np.int32]
) -> Vectors:
    """Angle from the front, a radius fitted to members, and the way along the axis, (3, V)."""
    front = front - axis * (front @ axis)
    front = front / np.linalg.norm(front)
    away = points - start
    along = away @ axis
    ahead, aside = away @ front, away @ np.cross(axis, front)
    distance = np.hypot(ahead, aside)
    taper = np.polynomial.Polynomial.fit(along[members], distance[members], 1)
    radius = np.clip(taper(along), 0.5 * np.median(distance[members]), None)
    return np.stack([np.arctan2(aside, ahead), radius, along])
