"""Make a figure take a style: trunk first, then legs, then arms around both."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.pose import BodyPose
from core.synthesis.posture.arm_styles import ARM_STYLES
from core.synthesis.posture.collision import depths
from core.synthesis.posture.figure import ARMS, LEGS, Array, Figure, Placed
from core.synthesis.posture.joint_angles import FLEXION, Angles, mirrored, rotations_of
from core.synthesis.posture.landmarks import landmark
from core.synthesis.posture.leg_styles import LEG_STYLES
from core.synthesis.posture.limb_search import LimbSearch, LimbWishes, Obstacles
from core.synthesis.posture.limb_styles import (
    ARM_JOINTS,
    LEG_JOINTS,
    LimbStyle,
    Odds,
    drawn_angles,
    rests_of,
    slack_of,
)
from core.synthesis.posture.limbs import Limbs
from core.synthesis.posture.styles import Style, Support, pick
from core.synthesis.posture.trunk import drawn_root, drawn_trunk, settled_trunk

LimbStyles = tuple[LimbStyle, LimbStyle]  # left, right

_NO_FLOOR = -9.0
_ARM_JOINTS = frozenset(joint for chain in ARMS for joint in chain)
_TRUNK_BARS = [0, 1, 2, 3]  # the first capsules of every figure: head, pelvis, belly, chest


@dataclass(frozen=True, eq=False)
class Stance:
    """A posed figure: angles (19, 3), root's turn (3, 3) and place (3,), closing of the hands."""

    figure: Figure
    angles: Angles
    root: Array
    place: Array
    grip: tuple[float, float] = (0.5, 0.5)

    def placed(self) -> Placed:
        """Where its segments are."""
        return self.figure.placed(self.angles, self.root, self.place)

    def pressed(self) -> float:
        """How deep it runs through itself, beyond what flesh gives way, metres; <= 0 is clear."""
        return float(depths(self.placed()).max())

    def pose(self) -> BodyPose:
        """The pose that the body model understands."""
        rotations = rotations_of(self.angles)
        rotations[0] = self.root
        return BodyPose(rotations, self.grip)

    def with_limbs(self, chains: NDArray[np.int64], angles: Array) -> "Stance":
        """The same with other angles (2, n, 3) of two limbs."""
        changed = self.angles.copy()
        changed[chains] = angles
        return replace(self, angles=changed)

    def mirrored(self) -> "Stance":
        """The same in a mirror."""
        flip = np.array([-1.0, 1.0, 1.0])
        root = flip[:, None] * self.root * flip
        grip = self.grip[1], self.grip[0]
        return Stance(self.figure, mirrored(self.angles), root, flip * self.place, grip)


def drawn_stance(figure: Figure, style: Style, rng: np.random.Generator) -> Stance:
    """One try at a style; whether it is free of self-collision is not looked at."""
    legs = _pair(LEG_STYLES, style.legs, style.alike, rng)
    arms = _pair(ARM_STYLES, style.arms, style.alike, rng)
    root = drawn_root(style, rng)
    angles = drawn_trunk(figure, style, rng)
    thighs = float(np.mean([leg.angles["hip"][FLEXION] for leg in legs]))
    angles, root, place = settled_trunk(figure, style, angles, root, thighs, rng)
    stance = Stance(figure, angles, root, place, _grips(arms, rng))
    stance = _with_limbs(stance, style, Limbs(figure, np.array(LEGS), 0), legs, rng)
    return _with_limbs(stance, style, Limbs(figure, np.array(ARMS), 1), arms, rng)


def limbs_doing(
    stance: Stance, limbs: Limbs, odds: Odds, alike: float, rng: np.random.Generator
) -> Array:
    """Angles (2, n, 3) of two limbs of a lying figure doing something else, drawn by the odds."""
    table = LEG_STYLES if limbs.swinging == 0 else ARM_STYLES
    return _searched(stance, limbs, _pair(table, odds, alike, rng), 0.0, rng)


def obstacles_of(body: Placed, which: list[int]) -> Obstacles:
    """Some of the figure's capsules where they are."""
    start, end = body.bars(np.array(which))
    return Obstacles(start, end, body.figure.capsules.radius[which])


def around(limbs: Limbs) -> list[int]:
    """The capsules that two limbs keep out of: arms mind trunk and legs, legs only the trunk."""
    if limbs.swinging == 0:
        return _TRUNK_BARS
    own = set(limbs.bars.ravel().tolist())
    return [number for number in range(len(limbs.figure.capsules.joint)) if number not in own]


def _pair(
    table: dict[str, LimbStyle], odds: Odds, alike: float, rng: np.random.Generator
) -> LimbStyles:
    left = pick(odds, rng)
    right = left if rng.random() < alike else pick(odds, rng)
    return table[left], table[right]


def _grips(arms: LimbStyles, rng: np.random.Generator) -> tuple[float, float]:
    left, right = (float(np.clip(arm.grip + 0.2 * rng.standard_normal(), 0, 1)) for arm in arms)
    return left, right


def _with_limbs(
    stance: Stance, style: Style, limbs: Limbs, styles: LimbStyles, rng: np.random.Generator
) -> Stance:
    lean = 0.0
    if limbs.swinging == 0 and style.support in (Support.SEAT, Support.FEET):
        lean = _lean_ahead(stance.root)
    floor = _NO_FLOOR if style.support is Support.CARRIED else 0.0
    return stance.with_limbs(limbs.chains, _searched(stance, limbs, styles, floor, rng, lean=lean))


def _searched(
    stance: Stance,
    limbs: Limbs,
    styles: LimbStyles,
    floor: float,
    rng: np.random.Generator,
    lean: float = 0.0,
) -> Array:
    """Angles (2, n, 3); `lean`: how far the trunk leans ahead while the thighs stay, degrees."""
    body = stance.placed()
    wishes = _wishes(limbs, styles, body, rng)
    wishes.angles[:, 0, FLEXION] += lean
    search = LimbSearch(limbs, body, wishes, obstacles_of(body, around(limbs)), floor)
    best, _ = search.run(rng)
    found = stance.with_limbs(limbs.chains, best)
    later = _ARM_JOINTS if limbs.swinging == 0 else frozenset()
    if depths(found.placed(), later).max() > 0:
        moved = int(rng.integers(2))  # one of the two goes round the other
        in_the_way = [*around(limbs), *limbs.bars[1 - moved].tolist()]
        search = replace(search, obstacles=obstacles_of(found.placed(), in_the_way))
        best[moved] = search.run(rng)[0][moved]
    return best


def _wishes(limbs: Limbs, styles: LimbStyles, body: Placed, rng: np.random.Generator) -> LimbWishes:
    joints = LEG_JOINTS if limbs.swinging == 0 else ARM_JOINTS
    targets = np.full((2, 3), np.nan)
    for side, style in enumerate(styles):
        if style.target:
            targets[side] = landmark(style.target, body, rng)[side]
    return LimbWishes(
        np.stack([drawn_angles(style, joints, rng) for style in styles]),
        np.stack([slack_of(style, joints) for style in styles]),
        np.stack([rests_of(style, joints) for style in styles]),
        targets,
        np.array([style.flat for style in styles]),
    )


def _lean_ahead(root: Array) -> float:
    return math.degrees(math.atan2(-root[1, 2], root[2, 2]))
