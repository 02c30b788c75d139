"""Measure figures on bodies."""

import math

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.body_model import BodyModel, ShapedBody
from core.synthesis.body.bone_map import driver_of
from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS, PARENTS
from core.synthesis.posture.figure import Array, Capsules, Figure
from core.synthesis.posture.joint_angles import INDEX
from core.synthesis.posture.joint_limits import limits_for

_DIRECTIONS = 48  # in which the outermost vertices of a segment are looked for, once per model
_COMPASS = np.array(
    [
        [x, y, z]
        for x in (-1, 0, 1)
        for y in (-1, 0, 1)
        for z in (-1, 0, 1)
        if (x, y, z) != (0, 0, 0)
    ],
    np.float64,
)
SIDES = ("left", "right")
_LIMB_BARS = (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"))
_FLESHY = 0.85  # capsules are thinner than the flesh, which gives way where bodies touch
_STARTS = {"shoulder": 0.45, "hip": 0.45}  # the rest of these bars lies inside the trunk


# Shares of the weight: newborns after Schneider and Zernicke 1992, adults after de Leva 1996.
_WEIGHTS = {
    True: {"root": 8, "spine": 16, "chest": 25, "neck": 2, "head": 21, "shoulder": 2.8,
           "elbow": 1.7, "wrist": 1, "hip": 4.8, "knee": 2.4, "ankle": 1.3},
    False: {"root": 10, "spine": 14, "chest": 25, "neck": 1, "head": 7, "shoulder": 2.8,
            "elbow": 1.6, "wrist": 0.6, "hip": 10, "knee": 4.5, "ankle": 1.5},
}  # fmt: skip
MASS = {
    is_infant: np.array([table.get(joint.rpartition("_")[2], 0.0) for joint in JOINTS])
    / sum(table.get(joint.rpartition("_")[2], 0.0) for joint in JOINTS)
    for is_infant, table in _WEIGHTS.items()
}


class Figures:
    """Makes figures of persons; hold one per body model."""

    def __init__(self, model: BodyModel) -> None:
        """Finds out which vertices of the model matter."""
        segment = _segments(model)
        people = [model.shaped(physique).zero_vertices for physique in (Physique(6), Physique(360))]
        self._vertices = [
            np.unique(np.concatenate([_hull(person, segment == joint) for person in people]))
            for joint in range(len(JOINTS))
        ]

    def of(self, body: ShapedBody) -> Figure:
        """The figure of a person; under a millisecond."""
        joints = body.zero_joints
        own = [
            body.zero_vertices[vertices].astype(np.float64) - joints[joint]
            for joint, vertices in enumerate(self._vertices)
        ]
        offsets = joints - joints[np.maximum(PARENTS, 0)]
        own[0] = np.concatenate([own[0], *(_buttock(own, offsets, side) for side in SIDES)])
        return Figure(
            body,
            limits_for(body.physique),
            offsets,
            np.stack([_outermost(points) for points in own]),
            MASS[body.physique.is_infant],
            np.stack([points.mean(axis=0) for points in own]),
            np.stack([_tip(joint, points, offsets) for joint, points in enumerate(own)]),
            _capsules(own, offsets),
        )


def _segments(model: BodyModel) -> NDArray[np.int64]:
    """The joint that moves each vertex most, (V,)."""
    driver = np.array([driver_of(bone)[0] for bone in model.bones])
    weights = np.stack([model.weights[:, driver == joint].sum(1) for joint in range(len(JOINTS))])
    return weights.argmax(axis=0)


def _hull(vertices: NDArray[np.float32], is_own: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The outermost of some vertices, and a few between."""
    own = np.flatnonzero(is_own)
    spiral = np.arange(_DIRECTIONS) + 0.5
    height = 1 - 2 * spiral / _DIRECTIONS
    turn = spiral * math.pi * (3 - math.sqrt(5))
    ring = np.sqrt(1 - height * height)
    directions = np.stack([ring * np.cos(turn), ring * np.sin(turn), height])
    far = own[(vertices[own] @ directions).argmax(axis=0)]
    return np.concatenate([far, own[:: max(1, len(own) // _DIRECTIONS)]])


def _buttock(own: list[Array], offsets: Array, side: str) -> Array:
    """Skin that mostly turns with the thigh, and yet stays with the pelvis when the hip bends."""
    thigh, length = own[INDEX[f"{side}_hip"]], np.linalg.norm(offsets[INDEX[f"{side}_knee"]])
    return offsets[INDEX[f"{side}_hip"]] + thigh[thigh[:, 2] > -0.2 * length]


def _outermost(points: Array) -> Array:
    return points[(points @ _COMPASS.T).argmax(axis=0)]


def _tip(joint: int, points: Array, offsets: Array) -> Array:
    name = JOINTS[joint]
    if name == "head":
        return np.array([0.0, 0.0, points[:, 2].max()])
    if name.endswith("wrist"):
        return np.array([0.0, 0.0, 0.55 * points[:, 2].min()])  # the knuckles
    if name.endswith("ankle"):
        return np.array([0.0, 0.7 * points[:, 1].min(), points[:, 2].min()])  # ball of the foot
    children = [child for child, parent in enumerate(PARENTS) if parent == joint]
    return offsets[children[0]] if children else np.zeros(3)


def _capsules(own: list[Array], offsets: Array) -> Capsules:
    bars = [(INDEX["head"], *_head_bar(own[INDEX["head"]]))]
    bars.append((INDEX["root"], *_pelvis_bar(own, offsets)))
    bars += [(INDEX[level], *_trunk_bar(own[INDEX[level]])) for level in ("spine", "chest")]
    for side in SIDES:
        for name, child in _LIMB_BARS:
            joint = INDEX[f"{side}_{name}"]
            bars.append((joint, *_limb_bar(own[joint], offsets[INDEX[f"{side}_{child}"]], name)))
        bars.append((INDEX[f"{side}_wrist"], *_hand_bar(own[INDEX[f"{side}_wrist"]])))
        bars.append((INDEX[f"{side}_ankle"], *_foot_bar(own[INDEX[f"{side}_ankle"]])))
    joint, start, end, radius = zip(*bars, strict=True)
    return Capsules(np.array(joint), np.stack(start), np.stack(end), np.array(radius))


def _head_bar(points: Array) -> tuple[Array, Array, float]:
    low, high = points.min(axis=0), points.max(axis=0)
    radius = _FLESHY * (high[0] - low[0]) / 2
    middle = (low + high) / 2
    reach = max((high[1] - low[1]) / 2 - radius, 0.0)
    shift = np.array([0.0, reach, 0.0])
    return middle - shift, middle + shift, radius


def _pelvis_bar(own: list[Array], offsets: Array) -> tuple[Array, Array, float]:
    left, right = offsets[INDEX["left_hip"]], offsets[INDEX["right_hip"]]
    radius = 1.1 * _limb_bar(own[INDEX["left_hip"]], offsets[INDEX["left_knee"]], "hip")[2]
    middle = (left + right) / 2 + np.array([0.0, 0.0, 0.3 * radius])
    reach = np.array([max(left[0] - 0.6 * radius, 0.0), 0.0, 0.0])
    return middle - reach, middle + reach, radius


def _trunk_bar(points: Array) -> tuple[Array, Array, float]:
    low, high = np.percentile(points, [4, 96], axis=0)
    radius = _FLESHY * (high[1] - low[1]) / 2
    middle = (low + high) / 2
    reach = max((high[0] - low[0]) / 2 - radius, 0.0)
    shift = np.array([reach, 0.0, 0.0])
    return middle - shift, middle + shift, radius


def _limb_bar(points: Array, end: Array, name: str) -> tuple[Array, Array, float]:
    along = end / np.linalg.norm(end)
    depth = points @ along
    middle = points[(depth > 0.3 * depth.max()) & (depth < 0.8 * depth.max())]
    away = np.linalg.norm(middle - np.outer(middle @ along, along), axis=1)
    return _STARTS.get(name, 0.0) * end, end, _FLESHY * float(np.median(away))


def _hand_bar(points: Array) -> tuple[Array, Array, float]:
    length = -points[:, 2].min()
    thick = np.ptp(np.percentile(points, [10, 90], axis=0), axis=0)[:2].mean()
    return np.zeros(3), np.array([0.0, 0.0, -0.5 * length]), _FLESHY * thick / 2


def _foot_bar(points: Array) -> tuple[Array, Array, float]:
    low, high = points.min(axis=0), points.max(axis=0)
    radius = _FLESHY * (high[0] - low[0]) / 2
    height = min(0.0, low[2] + radius)
    return (
        np.array([0.0, high[1] - radius, height]),
        np.array([0.0, low[1] + radius, height]),
        radius,
    )
