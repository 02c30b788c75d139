"""Which joint of a `BodyPose` moves which bone of Anny, and which part of the body a bone is.

Few joints drive many bones: bends of the trunk are shared along the spine, and twists along upper
arm, forearm and thigh, or the skin would wring like a sweet paper.
"""

import re
from enum import IntEnum
from functools import cache

from core.synthesis.body.parts import BodyPart
from core.synthesis.body.pose import JOINTS


class Share(IntEnum):
    """How much of its joint's rotation a bone takes, over the joint's parent."""

    WHOLE = 0
    HALF = 1
    HALF_TWIST = 2  # the swing and half the twist about the limb
    ONLY_HALF_TWIST = 3  # what lies before the joint but turns with it, as the forearm does


_HEADS = {
    "root": "root", "spine": "spine04", "chest": "spine02", "neck": "neck01", "head": "head",
    "clavicle": "clavicle", "shoulder": "upperarm01", "elbow": "lowerarm01", "wrist": "wrist",
    "hip": "upperleg01", "knee": "lowerleg01", "ankle": "foot",
}  # fmt: skip

_DRIVEN = (
    (r"root|pelvis", "root", Share.WHOLE),
    (r"spine05", "spine", Share.HALF),
    (r"spine04", "spine", Share.WHOLE),
    (r"spine03", "chest", Share.HALF),
    (r"spine0[12]", "chest", Share.WHOLE),
    (r"neck01", "neck", Share.HALF),
    (r"neck02", "neck", Share.WHOLE),
    (r"neck03", "head", Share.HALF),
    (r"head|eye", "head", Share.WHOLE),
    (r"clavicle|shoulder01", "clavicle", Share.WHOLE),
    (r"upperarm01", "shoulder", Share.HALF_TWIST),
    (r"upperarm02", "shoulder", Share.WHOLE),
    (r"lowerarm01", "elbow", Share.WHOLE),
    (r"lowerarm02", "wrist", Share.ONLY_HALF_TWIST),
    (r"wrist|metacarpal.*|finger.*", "wrist", Share.WHOLE),
    (r"upperleg01", "hip", Share.HALF_TWIST),
    (r"upperleg02", "hip", Share.WHOLE),
    (r"lowerleg01", "knee", Share.WHOLE),
    (r"lowerleg02", "ankle", Share.ONLY_HALF_TWIST),
    (r"foot|toe.*", "ankle", Share.WHOLE),
)

_PARTS = (
    (r"root|pelvis|spine\d+|clavicle|shoulder\d+|neck0[12]", "TORSO"),
    (r"neck03|head|eye", "HEAD"),
    (r"upperarm\d+", "UPPER_ARM"),
    (r"lowerarm\d+", "FOREARM"),
    (r"wrist|metacarpal.*|finger.*", "HAND"),
    (r"upperleg\d+", "THIGH"),
    (r"lowerleg\d+", "SHANK"),
    (r"foot|toe.*", "FOOT"),
)


def head_bone(joint: str) -> str:
    """The bone of Anny whose head is this joint."""
    side, _, name = joint.rpartition("_")
    return _HEADS[name] + (f".{side[0].upper()}" if side else "")


def driver_of(bone: str) -> tuple[int, Share]:
    """The joint (index into JOINTS) that moves a bone, and how much of its rotation counts."""
    name, side = _split(bone)
    _, joint, share = next(row for row in _DRIVEN if re.fullmatch(row[0], name))
    sided = f"{side}_{joint}"
    return JOINTS.index(sided if sided in JOINTS else joint), share


@cache
def part_of(bone: str) -> BodyPart:
    """The part of the body that hangs on a bone."""
    name, side = _split(bone)
    part = next(part for pattern, part in _PARTS if re.fullmatch(pattern, name))
    sided = f"{side}_{part}".upper()
    return BodyPart[sided] if sided in BodyPart.__members__ else BodyPart[part]


def _split(bone: str) -> tuple[str, str]:
    name, _, letter = bone.partition(".")
    return name, {"L": "left", "R": "right", "": ""}[letter]
