"""Put the trunk and the head of a figure where their support carries them."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.synthesis.posture.figure import Array, Figure, Placed
from core.synthesis.posture.joint_angles import (
    ABDUCTION,
    FLEXION,
    INDEX,
    Angles,
    swing_twist,
    upright,
)
from core.synthesis.posture.joint_limits import within
from core.synthesis.posture.styles import Style, Support, spread

LOWER_BACK, UPPER_BACK = ("root", "spine"), ("chest",)
BUTTOCK_PER_DEGREE = 0.0033  # of bend at the hip, shares of the thigh's radius
MOST_TIPPING = 35.0  # degrees, beyond what the style drew
_SHOULDERS = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
_TRIED, _NODS = 41, 13  # values tried when the trunk's or the neck's angle is solved for
_SOLVED = (Support.BACK, Support.BELLY, Support.SIDE, Support.ARMS_AND_LEGS)


def drawn_trunk(figure: Figure, style: Style, rng: np.random.Generator) -> Angles:
    """Angles (19, 3) of back and head, everything else at zero."""
    angles = upright()
    back = [spread(one, rng) for one in (style.flexion, style.bend, style.turn)]
    head = [spread(one, rng) for one in (style.nod, style.tilt, style.look)]
    _share(angles, ("spine", "chest"), back)
    _share(angles, ("neck", "head"), head)
    return within(angles, figure.limits)


def drawn_root(style: Style, rng: np.random.Generator) -> Array:
    """How the root is turned, (3, 3): by pitch, lean and roll, each in the axes of the last."""
    pitch, lean, roll = (spread(one, rng) for one in (style.pitch, style.lean, style.roll))
    first, second = np.radians([[pitch, 0.0, 0.0], [0.0, lean, roll]])
    return swing_twist(first) @ swing_twist(second)


def settled_trunk(
    figure: Figure,
    style: Style,
    angles: Angles,
    root: Array,
    thighs: float,
    rng: np.random.Generator,
) -> tuple[Angles, Array, Array]:
    """Trunk and head on their support: solved angles (19, 3), root's turn (3, 3) and place (3,).

    `thighs`: how far the hips will be bent, degrees; it draws the buttocks flat.
    """
    flatter = BUTTOCK_PER_DEGREE * thighs * radius_of(figure, "left_hip")
    if style.support is Support.BACK:
        figure = _with_flat_buttocks(figure, flatter)
    if style.support in _SOLVED:
        root = _tipped(figure.placed(angles, root), style, rng) @ root
    if style.head_rests:
        angles = _head_down(figure, style, angles, root)
    height = _root_height(figure.placed(angles, root), style, rng)
    if style.support is Support.SEAT:
        height -= flatter
    return angles, root, np.array([0.0, 0.0, height])


def radius_of(figure: Figure, segment: str) -> float:
    """Radius of a segment's capsule, metres."""
    return float(figure.capsules.radius[figure.capsules.joint == INDEX[segment]][0])


def _share(angles: Angles, joints: tuple[str, str], whole: Sequence[float]) -> None:
    for joint in joints:
        angles[INDEX[joint]] = np.array(whole) / len(joints)


def _with_flat_buttocks(figure: Figure, flatter: float) -> Figure:
    flesh = figure.flesh.copy()
    flesh[0, :, 1] -= np.where(flesh[0, :, 1] > flatter, flatter, 0.0)
    return replace(figure, flesh=flesh)


def _tipped(placed: Placed, style: Style, rng: np.random.Generator) -> Array:
    """The small turn about the world's X axis that brings both ends of the trunk to rest."""
    tip = np.linspace(-MOST_TIPPING, MOST_TIPPING, _TRIED)
    sine, cosine = np.sin(np.radians(tip)), np.cos(np.radians(tip))

    def height(points: Array) -> Array:  # of the lowest point, for every tip
        return (np.outer(sine, points[:, 1]) + np.outer(cosine, points[:, 2])).min(axis=1)

    figure = placed.figure
    shoulder_radius = radius_of(figure, "left_shoulder")
    lower, upper = height(placed.skin(*LOWER_BACK)), height(placed.skin(*UPPER_BACK))
    if style.support is Support.SIDE:
        upper = np.minimum(upper, height(placed.joints[_SHOULDERS]) - shoulder_radius)
    apart = upper - lower
    if style.raised:
        shoulders = placed.joints[_SHOULDERS]
        wanted = spread(style.raised, rng) * figure.arm_length
        if style.support is Support.ARMS_AND_LEGS:
            apart = height(shoulders) - (wanted - _kneeling_height(figure, style))
        else:
            apart = height(shoulders) - lower - wanted
    solved = _root_of(tip, apart)
    return swing_twist(np.array([math.radians(solved), 0.0, 0.0]))


def _root_of(values: Array, errors: Array) -> float:
    """The value nearest to zero at which the error changes sign, or the one with least error."""
    crossing = np.flatnonzero(np.sign(errors[1:]) != np.sign(errors[:-1]))
    if not len(crossing):
        return float(values[np.abs(errors).argmin()])
    share = errors[crossing] / (errors[crossing] - errors[crossing + 1])
    solved = values[crossing] + share * (values[crossing + 1] - values[crossing])
    return float(solved[np.abs(solved).argmin()])


def _head_down(figure: Figure, style: Style, angles: Angles, root: Array) -> Angles:
    """Bend neck and head until the head lies as low as the trunk."""
    column = ABDUCTION if style.support is Support.SIDE else FLEXION
    neck = [INDEX["neck"], INDEX["head"]]
    lowest, highest = figure.limits[:, neck, column]
    share = np.linspace(0, 1, _NODS)[:, None]
    tried = np.repeat(angles[None], _NODS, axis=0)
    tried[:, neck, column] = lowest + share * (highest - lowest)
    placed = figure.placed(tried, root)
    error = placed.lowest("head") - placed.lowest(*LOWER_BACK, *UPPER_BACK)
    solved = angles.copy()
    best = _root_of(share[:, 0] - 0.5, error) + 0.5
    solved[neck, column] = lowest + best * (highest - lowest)
    return solved


def _root_height(placed: Placed, style: Style, rng: np.random.Generator) -> float:
    figure = placed.figure
    if style.support is Support.CARRIED:
        return 0.0  # nothing to settle on
    if style.support is Support.HANDS:
        shoulders = float(placed.joints[_SHOULDERS, 2].mean())
        return spread(style.raised or (1.0, 0.0), rng) * figure.arm_length * 1.2 - shoulders
    if style.support is Support.ARMS_AND_LEGS:
        return _kneeling_height(figure, style)
    if style.support is Support.FEET:
        sole = float(figure.flesh[INDEX["left_ankle"], :, 2].min())
        above_hips = -figure.offsets[INDEX["left_hip"], 2]
        return spread(style.height, rng) * figure.leg_length - sole + above_hips
    carried = LOWER_BACK if style.raised or style.support is Support.SEAT else None
    lowest = placed.lowest(*(carried or (*LOWER_BACK, *UPPER_BACK)))
    if style.support is Support.SIDE:
        lowest = min(
            lowest, placed.joints[_SHOULDERS, 2].min() - radius_of(figure, "left_shoulder")
        )
    return -float(lowest) + style.seat * figure.length("left_ankle")


def _kneeling_height(figure: Figure, style: Style) -> float:
    knee = float(np.abs(figure.flesh[INDEX["left_knee"], :, 1]).max())
    return style.height[0] * figure.length("left_knee") + 0.8 * knee
