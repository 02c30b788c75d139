"""Which keypoints the camera sees, by rays."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.pose.skeleton import shipped_skeleton
from core.synthesis.body.parts import BodyPart
from core.synthesis.camera import Camera
from core.synthesis.render.rendering import Visibility
from core.synthesis.scene import Person

_LIMB, _TRUNK, _OTHER = 3.5, 2.0, 1.0  # thicknesses that a surface may lie before a keypoint
_OWN_CLOTH, _OTHER_CLOTH = 0.045, 0.01  # metres of diaper, fat and cloth besides
_OWN = {  # the parts that a keypoint belongs to; a bent limb may be seen end on
    "ankle": {"SHANK": _LIMB, "FOOT": _LIMB},
    "knee": {"THIGH": _LIMB, "SHANK": _LIMB},
    "hip": {"THIGH": _LIMB, "TORSO": _TRUNK},
    "shoulder": {"UPPER_ARM": _LIMB, "TORSO": _TRUNK},
    "elbow": {"UPPER_ARM": _LIMB, "FOREARM": _LIMB},
    "wrist": {"FOREARM": _LIMB, "HAND": _LIMB},
    "pelvis": {"TORSO": _TRUNK, "LEFT_THIGH": _TRUNK, "RIGHT_THIGH": _TRUNK},
    "thorax": {"TORSO": _TRUNK},
    "neck": {"TORSO": _TRUNK, "HEAD": _TRUNK},
    "head": {"HEAD": _TRUNK},
}


@dataclass(frozen=True, eq=False)
class KeypointRays:
    """What the rays to the keypoints meet; depths along the camera's axis in metres.

    depth (16,) of the first thing, person (16,) of the person, both huge for none; part (16,) of
    `BodyPart`, of the first thing.
    """

    depth: NDArray[np.float32]
    person: NDArray[np.float32]
    part: NDArray[np.uint8]


def visibility_of(person: Person, camera: Camera, rays: KeypointRays) -> NDArray[np.uint8]:
    """`Visibility` of each keypoint, (16,).

    A keypoint lies inside its limb. It is seen if nothing else comes first, and if the person's
    surface lies hardly farther before it than its own limb is thick.
    """
    xy, in_camera = camera.project(person.keypoints), camera.to_camera(person.keypoints)
    inside = (xy >= 0).all(axis=1) & (xy < (camera.width, camera.height)).all(axis=1)
    depth = np.where(inside, in_camera[:, 2], 1.0)
    is_covered = rays.depth < np.minimum(rays.person, depth)
    length = np.linalg.norm(in_camera, axis=1) / depth  # metres along the ray per metre of depth
    before = (depth - rays.person) * length
    seen = ~is_covered & (before <= _allowed(rays.part, person.thickness))
    value = np.where(seen, Visibility.SEEN, Visibility.HIDDEN)
    return np.where(inside, value, Visibility.OUTSIDE).astype(np.uint8)


def _allowed(part: NDArray[np.uint8], thickness: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far before each keypoint the person's surface may lie, metres."""
    times = _thicknesses()[np.arange(len(part)), part]
    return times * thickness + np.where(times > _OTHER, _OWN_CLOTH, _OTHER_CLOTH)


@cache
def _thicknesses() -> NDArray[np.float64]:
    """For each keypoint and each `BodyPart` that may lie before it, (16, 15)."""
    names = shipped_skeleton().keypoints
    table = np.full((len(names), len(BodyPart)), _OTHER)
    for row, name in enumerate(names):
        side, _, joint = name.rpartition("_")
        for part, times in _OWN[joint].items():
            is_whole = part in BodyPart.__members__
            table[row, BodyPart[part if is_whole else f"{side.upper()}_{part}"]] = times
    return table
