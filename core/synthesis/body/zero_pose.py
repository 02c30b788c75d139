"""How Anny's bones are turned from their rest to our zero pose: standing to attention.

Anny rests with arms apart, elbows bent and palms down; which way exactly depends on the body. Zero
is defined by directions alone, so poses mean the same for a newborn and an adult.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body import rotations as turn
from core.synthesis.body.bone_map import part_of
from core.synthesis.body.parts import BodyPart

Array = NDArray[np.float64]
_DOWN = np.array([0.0, 0.0, -1.0])
_FORWARD = np.array([0.0, -1.0, 0.0])
_ELBOW_AXIS = np.array([-1.0, 0.0, 0.0])  # bends the forearm forward, on both sides


def to_zero_pose(bones: Sequence[str], rest_heads: Array) -> Array:
    """World rotations (B, 3, 3) that bring a body's bones from Anny's rest into the zero pose."""
    at = dict(zip(bones, rest_heads, strict=True))
    by_part: dict[BodyPart, Array] = {}
    for letter, side in (("L", "LEFT"), ("R", "RIGHT")):
        upper, fore, hand = _arm(at, letter)
        thigh, shank, foot = _leg(at, letter)
        by_part |= {
            BodyPart[f"{side}_UPPER_ARM"]: upper,
            BodyPart[f"{side}_FOREARM"]: fore,
            BodyPart[f"{side}_HAND"]: hand,
            BodyPart[f"{side}_THIGH"]: thigh,
            BodyPart[f"{side}_SHANK"]: shank,
            BodyPart[f"{side}_FOOT"]: foot,
        }
    rotations = np.stack([by_part.get(part_of(bone), np.eye(3)) for bone in bones])
    for letter in "LR":  # half the turn of the hand happens in the forearm
        fore, hand = bones.index(f"lowerarm02.{letter}"), bones.index(f"wrist.{letter}")
        rotations[fore] = _half_way(rotations[fore], rotations[hand])
    return rotations


def palm_normal(at: Mapping[str, Array], letter: str) -> Array:
    """The direction that a palm faces in Anny's rest."""
    wrist = at[f"wrist.{letter}"]
    index, little = at[f"finger2-1.{letter}"] - wrist, at[f"finger5-1.{letter}"] - wrist
    across = np.cross(little, index)
    return (across if letter == "L" else -across) / np.linalg.norm(across)


def _arm(at: Mapping[str, Array], letter: str) -> tuple[Array, Array, Array]:
    shoulder, elbow, wrist = (
        at[f"{name}.{letter}"] for name in ("upperarm01", "lowerarm01", "wrist")
    )
    upper = _down_facing(elbow - shoulder, np.cross(elbow - shoulder, wrist - elbow), _ELBOW_AXIS)
    fore = turn.between(upper @ (wrist - elbow), _DOWN) @ upper
    inward = np.array([-1.0 if letter == "L" else 1.0, 0.0, 0.0])
    knuckle = at[f"finger3-1.{letter}"]
    hand = _down_facing(knuckle - wrist, palm_normal(at, letter), inward)
    return upper, fore, hand


def _leg(at: Mapping[str, Array], letter: str) -> tuple[Array, Array, Array]:
    hip, knee, ankle = (at[f"{name}.{letter}"] for name in ("upperleg01", "lowerleg01", "foot"))
    thigh, shank = turn.between(knee - hip, _DOWN), turn.between(ankle - knee, _DOWN)
    ahead = (at[f"toe2-1.{letter}"] - ankle) * np.array([1.0, 1.0, 0.0])
    return thigh, shank, turn.between(ahead, _FORWARD)


def _down_facing(along: Array, side: Array, side_wanted: Array) -> Array:
    """Turn `along` down, then about the vertical so that `side` points as wanted."""
    first = turn.between(along, _DOWN)
    turned = first @ side
    angle = np.arctan2(side_wanted[1], side_wanted[0]) - np.arctan2(turned[1], turned[0])
    return turn.about([0.0, 0.0, 1.0], np.degrees(angle)) @ first


def _half_way(first: Array, second: Array) -> Array:
    between = turn.halved(turn.quaternion(second @ first.T))
    return turn.matrix(between) @ first
