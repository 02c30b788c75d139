"""A person reduced to what posing needs: bones, a few points of skin and capsules of flesh.

A posed skin costs milliseconds; a figure is posed a hundred times over in one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.body_model import ShapedBody
from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS, PARENTS
from core.synthesis.posture.joint_angles import INDEX, Angles, rotations_of
from core.synthesis.posture.joint_limits import Limits

Array = NDArray[np.float64]

TRUNK = tuple(INDEX[name] for name in ("spine", "chest", "neck", "head"))
ARMS = tuple(
    tuple(INDEX[f"{side}_{name}"] for name in ("clavicle", "shoulder", "elbow", "wrist"))
    for side in ("left", "right")
)
LEGS = tuple(
    tuple(INDEX[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
    for side in ("left", "right")
)

# The trunk's bones are many: this share of the way to a joint already turns half as far as it.
EARLY_BEND = {INDEX["spine"]: 1.0, INDEX["chest"]: 0.54, INDEX["head"]: 0.2}


@dataclass(frozen=True, eq=False)
class Capsules:
    """Rounded bars of flesh: bar k hangs on a joint and reaches from `start` to `end`.

    joint (K,) int; start, end (K, 3) metres in the joint's axes; radius (K,) metres.
    """

    joint: NDArray[np.int64]
    start: Array
    end: Array
    radius: Array


@dataclass(frozen=True, eq=False)
class Figure:
    """Bones and flesh of one person, in metres and the axes of the zero pose.

    offsets (19, 3): a joint's place in its parent's axes; flesh (19, N, 3): the outermost points
    of the skin that moves with a joint; mass (19,): its share of the weight; centre (19, 3): where
    that share sits; tips (19, 3): the far end of the segment (knuckles, ball of the foot, crown).
    """

    body: ShapedBody
    limits: Limits
    offsets: Array
    flesh: Array
    mass: Array
    centre: Array
    tips: Array
    capsules: Capsules

    def placed(self, angles: Angles, root: Array, place: Array | None = None) -> "Placed":
        """Pose the figure: angles (..., 19, 3), root turn (..., 3, 3), place of the root (3,)."""
        rotations = rotations_of(angles)
        many = np.broadcast_shapes(rotations.shape[:-3], root.shape[:-2])
        turns, joints = np.empty((*many, 19, 3, 3)), np.empty((*many, 19, 3))
        for joint, parent in enumerate(PARENTS):
            if parent < 0:
                turns[..., joint, :, :] = root
                joints[..., joint, :] = 0.0 if place is None else place
                continue
            above = turns[..., parent, :, :]
            turns[..., joint, :, :] = above @ rotations[..., joint, :, :]
            way = self._way(joint, rotations[..., joint, :, :])
            joints[..., joint, :] = joints[..., parent, :] + (above @ way[..., None])[..., 0]
        return Placed(self, joints, turns)

    def _way(self, joint: int, rotation: Array) -> Array:
        """From a joint's parent to the joint, in the parent's axes, (..., 3)."""
        offset = self.offsets[joint]
        share = EARLY_BEND.get(joint)
        return offset if share is None else offset + share / 2 * (rotation @ offset - offset)

    @property
    def physique(self) -> Physique:
        """Who it is."""
        return self.body.physique

    @property
    def arm_length(self) -> float:
        """From shoulder to wrist, metres."""
        return self.length("left_elbow") + self.length("left_wrist")

    @property
    def leg_length(self) -> float:
        """From hip to ankle, metres."""
        return self.length("left_knee") + self.length("left_ankle")

    def length(self, joint: str) -> float:
        """From a joint's parent to the joint, metres."""
        return float(np.linalg.norm(self.offsets[INDEX[joint]]))


@dataclass(frozen=True, eq=False)
class Placed:
    """Where the figure's segments are: joints (..., 19, 3) metres, turns (..., 19, 3, 3)."""

    figure: Figure
    joints: Array
    turns: Array

    def skin(self, *names: str) -> Array:
        """The outermost points of these segments in the world, (..., points, 3)."""
        at = [INDEX[name] for name in names]
        moved = self.figure.flesh[at] @ np.swapaxes(self.turns[..., at, :, :], -1, -2)
        points = moved + self.joints[..., at, None, :]
        return points.reshape(*points.shape[:-3], -1, 3)

    def lowest(self, *names: str) -> Array:
        """Height of the lowest skin of these segments (all if none is named), (...)."""
        at = [INDEX[name] for name in names] if names else list(range(len(JOINTS)))
        return self.heights(at).min(axis=-1)

    def heights(self, segments: list[int]) -> Array:
        """Height of the lowest skin of each of these segments, (..., len(segments))."""
        down = self.turns[..., segments, 2, :]
        points = np.einsum("...jk,jnk->...jn", down, self.figure.flesh[segments])
        return self.joints[..., segments, 2] + points.min(axis=-1)

    def tip(self, name: str) -> Array:
        """The far end of a segment in the world, (..., 3)."""
        at = INDEX[name]
        return self.joints[..., at, :] + self.turns[..., at, :, :] @ self.figure.tips[at]

    def balance(self) -> Array:
        """Centre of mass, (..., 3)."""
        centres = self.joints + np.einsum("...jik,jk->...ji", self.turns, self.figure.centre)
        return np.einsum("j,...ji->...i", self.figure.mass, centres)

    def bars(self, which: NDArray[np.int64] | None = None) -> tuple[Array, Array]:
        """Start and end of capsules in the world, (..., K, 3) each."""
        capsules = self.figure.capsules
        which = np.arange(len(capsules.joint)) if which is None else which
        joint = capsules.joint[which]
        place, turn = self.joints[..., joint, :], self.turns[..., joint, :, :]
        ends = (capsules.start[which], capsules.end[which])
        start, end = (place + np.einsum("...kij,kj->...ki", turn, one) for one in ends)
        return start, end
