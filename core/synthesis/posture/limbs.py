"""Both arms or both legs of a figure, posed many ways at once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.pose import PARENTS
from core.synthesis.posture.figure import Array, Figure, Placed
from core.synthesis.posture.joint_angles import (
    FLEXION,
    joint_angles,
    joint_rotation,
)

BEADS = (0.3, 1.0)  # where balls sit along a capsule


@dataclass(frozen=True, eq=False)
class PlacedLimbs:
    """K poses of two limbs of n joints: joints (2, K, n, 3), turns (2, K, n, 3, 3)."""

    limbs: "Limbs"
    joints: Array
    turns: Array

    def heights(self) -> Array:
        """Height of the lowest skin of each segment, (2, K, n)."""
        down = np.moveaxis(self.turns[..., 2, :], 1, 2)  # (2, n, K, 3)
        lowest = (down @ self.limbs.flesh).min(axis=-1)
        return self.joints[..., 2] + np.moveaxis(lowest, 2, 1)

    def tips(self) -> Array:
        """Knuckles or balls of the feet, (2, K, 3)."""
        reach = self.turns[:, :, -1] @ self.limbs.tips[:, None, :, None]
        return self.joints[:, :, -1] + reach[..., 0]

    def beads(self) -> Array:
        """Balls strung along the limbs' flesh, (2, K, balls, 3)."""
        at, local = self.limbs.bead_at, self.limbs.bead_place
        moved = self.turns[:, :, at] @ local[:, None, ..., None]
        return self.joints[:, :, at] + moved[..., 0]


@dataclass(frozen=True, eq=False)
class Limbs:
    """Two limbs, left and right.

    chains (2, n): joints from trunk to tip; swinging: the shoulder's (or hip's) place in the
    chain, which the elbow (or knee) follows.
    """

    figure: Figure
    chains: NDArray[np.int64]
    swinging: int

    def placed(self, body: Placed, angles: Array) -> PlacedLimbs:
        """The limbs on a placed body, or on K of them; angles (2, K, n, 3) degrees."""
        rotations = joint_rotation(self.chains[:, None], angles)
        turn, place = self._hung_on(body)
        joints, turns = np.empty(angles.shape), np.empty(rotations.shape)
        for number in range(angles.shape[2]):
            place = place + (turn @ self._offsets[number])[..., 0]
            turn = turn @ rotations[:, :, number]
            joints[:, :, number], turns[:, :, number] = place, turn
        return PlacedLimbs(self, joints, turns)

    def aimed(self, body: Placed, angles: Array, targets: Array) -> Array:
        """Bend elbows and swing shoulders so that the tips meet targets (2, 3); as `placed`."""
        angles = angles.copy()
        swinging, bending = self.swinging, self.swinging + 1
        angles[:, :, bending, FLEXION] = 90.0  # the tip need not lie along the lower segment
        start = self.placed(body, angles)
        root, hinge = start.joints[:, :, swinging], start.joints[:, :, bending]
        upper, lower = _length(hinge - root), _length(start.tips() - hinge)
        now, away = _length(start.tips() - root), _length(targets[:, None] - root)
        angles[:, :, bending, FLEXION] += _bend(upper, lower, away) - _bend(upper, lower, now)
        bent = self.placed(body, angles)
        swing = _shortest_turn(bent.tips() - root, targets[:, None] - root)
        parent = self._parent_turns(body, bent)
        local = np.swapaxes(parent, -1, -2) @ swing @ bent.turns[:, :, swinging]
        for side, joint in enumerate(self.chains[:, swinging]):
            angles[side, :, swinging] = joint_angles(joint, local[side])
        return angles

    def levelled(self, body: Placed, angles: Array) -> Array:
        """Turn the last joints so that soles lie level and still point ahead; as `placed`."""
        angles = angles.copy()
        shank = self.placed(body, angles).turns[:, :, -2]
        ahead = shank[..., :, 1] * np.array([1.0, 1.0, 0.0])
        ahead /= np.maximum(np.linalg.norm(ahead, axis=-1, keepdims=True), 1e-9)
        up = np.broadcast_to([0.0, 0.0, 1.0], ahead.shape)
        level = np.stack([np.cross(ahead, up), ahead, up], axis=-1)
        local = np.swapaxes(shank, -1, -2) @ level
        for side, joint in enumerate(self.chains[:, -1]):
            angles[side, :, -1] = joint_angles(joint, local[side])
        return angles

    @cached_property
    def bounds(self) -> tuple[Array, Array]:
        """Lowest and highest angles, (2, 1, n, 3) each."""
        lowest, highest = self.figure.limits[:, self.chains][:, :, None]
        return lowest, highest

    @cached_property
    def length(self) -> float:
        """From the swinging joint to the last, metres."""
        beyond = self.figure.offsets[self.chains[0, self.swinging + 1 :]]
        return float(np.linalg.norm(beyond, axis=-1).sum())

    @cached_property
    def flesh(self) -> Array:
        """Outermost skin of the segments, (2, n, 3, N)."""
        return np.swapaxes(self.figure.flesh[self.chains], -1, -2)

    @cached_property
    def tips(self) -> Array:
        """Far ends of the last segments, (2, 3)."""
        return self.figure.tips[self.chains[:, -1]]

    @cached_property
    def bars(self) -> NDArray[np.int64]:
        """Which capsules of the figure are these limbs', (2, bars)."""
        number = {joint: row for row, joint in enumerate(self.figure.capsules.joint.tolist())}
        chains = self.chains.tolist()
        return np.array([[number[one] for one in chain if one in number] for chain in chains])

    @cached_property
    def bead_at(self) -> list[int]:
        """In which segment of the chain each ball sits."""
        chain = self.chains[0].tolist()
        segments = [chain.index(joint) for joint in self.figure.capsules.joint[self.bars[0]]]
        return [segment for segment in segments for _ in BEADS]

    @cached_property
    def bead_place(self) -> Array:
        """Where the balls sit in their segments, (2, balls, 3)."""
        capsules, share = self.figure.capsules, np.array(BEADS)[:, None]
        start, end = capsules.start[self.bars][:, :, None], capsules.end[self.bars][:, :, None]
        return (start + share * (end - start)).reshape(2, -1, 3)

    @cached_property
    def bead_radius(self) -> Array:
        """The balls' radii, (2, balls)."""
        return np.repeat(self.figure.capsules.radius[self.bars], len(BEADS), axis=1)

    @cached_property
    def _offsets(self) -> Array:
        return np.moveaxis(self.figure.offsets[self.chains], 1, 0)[:, :, None, :, None]

    def _hung_on(self, body: Placed) -> tuple[Array, Array]:
        """Turn (2, K or 1, 3, 3) and place of what the limbs hang on; `body` may be K bodies."""
        parents = [PARENTS[joint] for joint in self.chains[:, 0]]
        turn, place = body.turns[..., parents, :, :], body.joints[..., parents, :]
        if turn.ndim == 3:
            return turn[:, None], place[:, None]
        return np.moveaxis(turn, 0, 1), np.moveaxis(place, 0, 1)

    def _parent_turns(self, body: Placed, limbs: PlacedLimbs) -> Array:
        if self.swinging == 0:
            return self._hung_on(body)[0]
        return limbs.turns[:, :, self.swinging - 1]


def _length(vectors: Array) -> Array:
    return np.sqrt((vectors * vectors).sum(axis=-1))


def _bend(upper: Array, lower: Array, away: Array) -> Array:
    """How far two bars must be bent for their ends to lie `away` from each other, degrees."""
    cosine = (away**2 - upper**2 - lower**2) / (2 * upper * lower)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def _shortest_turn(start: Array, end: Array) -> Array:
    """Rotations (..., 3, 3) that bring directions `start` (..., 3) to `end`; never half turns."""
    start = start / np.maximum(np.linalg.norm(start, axis=-1, keepdims=True), 1e-9)
    end = end / np.maximum(np.linalg.norm(end, axis=-1, keepdims=True), 1e-9)
    middle = start + end
    scale = np.maximum((middle * middle).sum(-1), 1e-3)
    flipped = 2 * middle[..., :, None] * middle[..., None, :] / scale[..., None, None] - np.eye(3)
    mirror = 2 * start[..., :, None] * start[..., None, :] - np.eye(3)
    return flipped @ mirror
