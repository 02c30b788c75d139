"""Angles of all joints as a physiotherapist names them, and the rotations that they mean.

Every joint has three angles in degrees, columns FLEXION, ABDUCTION, ROTATION: a turn about the
bone's own length, then abduction, then flexion, as is measured in practice. Only shoulders have no
usual order: their first two angles are one swing about an axis in the horizontal plane of the zero
pose. Positive is

    limbs   forward bend (knee: heel to buttock), away from the midline, outward rotation
    trunk   forward bend, lean to the left, turn to the left
    elbow   flexion, -, supination         wrist   towards the thumb, extension, supination
    ankle   toes up, eversion, toes out    clavicle   -, up, back
"""

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.pose import JOINTS, PARENTS

Angles = NDArray[np.float64]  # (..., 19, 3) degrees
Rotations = NDArray[np.float64]  # (..., 19, 3, 3)

FLEXION, ABDUCTION, ROTATION = 0, 1, 2
INDEX = {name: number for number, name in enumerate(JOINTS)}

_FORWARD_IS_POSITIVE_X = {"root", "spine", "chest", "neck", "head", "knee"}


def _signs(joint: str) -> tuple[float, float, float]:
    side, _, name = joint.rpartition("_")
    flexion = 1.0 if name in _FORWARD_IS_POSITIVE_X else -1.0
    if not side:
        return flexion, 1.0, 1.0
    return (flexion, -1.0, 1.0) if side == "left" else (flexion, 1.0, -1.0)


_SIGNS = np.radians([_signs(joint) for joint in JOINTS])
_OTHER_SIDE = np.array(
    [
        INDEX[name.replace("left", "\0").replace("right", "left").replace("\0", "right")]
        for name in JOINTS
    ]
)
_IS_SHOULDER = np.array([joint.endswith("shoulder") for joint in JOINTS])
_IS_AXIAL = np.array(["_" not in joint for joint in JOINTS])


def upright() -> Angles:
    """The zero pose, (19, 3)."""
    return np.zeros((len(JOINTS), 3))


def rotations_of(angles: Angles) -> Rotations:
    """Angles (..., 19, 3) -> rotations (..., 19, 3, 3), each in the axes of the zero pose."""
    return joint_rotation(np.arange(len(JOINTS)), angles)


def joint_rotation(
    joint: int | NDArray[np.int64], angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same for one joint, or for one joint of each row: angles (..., 3) -> (..., 3, 3)."""
    vector = angles * _SIGNS[joint]
    rotation = _in_order(vector)
    swings = np.broadcast_to(_IS_SHOULDER[joint], vector.shape[:-1])
    if swings.any():
        rotation[swings] = swing_twist(vector[swings])
    return rotation


def joint_angles(joint: int, rotation: NDArray[np.float64]) -> NDArray[np.float64]:
    """The angles (..., 3) of one joint that give a rotation (..., 3, 3)."""
    split = _swing_and_twist if _IS_SHOULDER[joint] else _ordered
    return split(rotation) / _SIGNS[joint]


def mirrored(angles: Angles) -> Angles:
    """The pose in a mirror: left and right limbs swapped, leans and turns the other way."""
    swapped = angles[..., _OTHER_SIDE, :].copy()
    swapped[..., _IS_AXIAL, 1:] *= -1
    return swapped


def world_rotations(rotations: Rotations) -> Rotations:
    """Each segment's turn in the world, (..., 19, 3, 3), the root's included."""
    world = np.empty_like(rotations)
    for joint, parent in enumerate(PARENTS):
        own = rotations[..., joint, :, :]
        world[..., joint, :, :] = own if parent < 0 else world[..., parent, :, :] @ own
    return world


def swing_twist(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """Swing about (x, y, 0) after a twist of z about the vertical; (..., 3) radians."""
    x, y, z = vector[..., 0], vector[..., 1], vector[..., 2]
    angle = np.sqrt(x * x + y * y)
    sine = np.sinc(angle / np.pi)  # sin(angle) / angle
    versine = 0.5 * np.sinc(angle / (2 * np.pi)) ** 2  # (1 - cos(angle)) / angle**2
    a, b, c = 1 - versine * y * y, versine * x * y, 1 - versine * x * x
    d, e, f = sine * y, sine * x, 1 - versine * (x * x + y * y)
    p, q = np.cos(z), np.sin(z)
    rows = [a * p + b * q, b * p - a * q, d, b * p + c * q, c * p - b * q, -e]
    rows += [-d * p + e * q, d * q + e * p, f]
    return np.stack(rows, axis=-1).reshape(*vector.shape[:-1], 3, 3)


def _in_order(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """A twist of z about the vertical, then y, then x about the other axes; (..., 3) radians."""
    sine, cosine = np.sin(vector), np.cos(vector)
    a, b, c = sine[..., 0], sine[..., 1], sine[..., 2]
    p, q, r = cosine[..., 0], cosine[..., 1], cosine[..., 2]
    ab, pb = a * b, p * b
    turned = np.empty((*vector.shape, 3))
    turned[..., 0, 0], turned[..., 0, 1], turned[..., 0, 2] = q * r, -q * c, b
    turned[..., 1, 0], turned[..., 1, 1], turned[..., 1, 2] = p * c + ab * r, p * r - ab * c, -a * q
    turned[..., 2, 0], turned[..., 2, 1], turned[..., 2, 2] = a * c - pb * r, a * r + pb * c, p * q
    return turned


def _ordered(rotation: NDArray[np.float64]) -> NDArray[np.float64]:
    x = np.arctan2(-rotation[..., 1, 2], rotation[..., 2, 2])
    y = np.arcsin(np.clip(rotation[..., 0, 2], -1, 1))
    z = np.arctan2(-rotation[..., 0, 1], rotation[..., 0, 0])
    return np.stack([x, y, z], axis=-1)


def _swing_and_twist(rotation: NDArray[np.float64]) -> NDArray[np.float64]:
    tip = rotation[..., :, 2]  # where the bone's axis goes
    across = np.hypot(tip[..., 0], tip[..., 1])
    scale = np.arctan2(across, tip[..., 2]) / np.maximum(across, 1e-12)
    x, y = -tip[..., 1] * scale, tip[..., 0] * scale
    swung = swing_twist(np.stack([x, y, np.zeros_like(x)], axis=-1))
    rest = np.swapaxes(swung, -1, -2) @ rotation
    return np.stack([x, y, np.arctan2(rest[..., 1, 0], rest[..., 0, 0])], axis=-1)
