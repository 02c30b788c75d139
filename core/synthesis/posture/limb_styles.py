"""What arms and legs do in one way of lying, sitting or standing, as spreads of angles."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.synthesis.posture.figure import Array

Triple = tuple[float, float, float]
Odds = Mapping[str, float]

ARM_JOINTS = ("clavicle", "shoulder", "elbow", "wrist")
LEG_JOINTS = ("hip", "knee", "ankle")


@dataclass(frozen=True)
class LimbStyle:
    """One way to hold a limb.

    angles: mean flexion, abduction and rotation of joints, zero if not named; spread: standard
    deviation of the swinging joint's angles and of the hinge's bend, degrees; rests: how much a
    segment wants to lie on the support (1 fully); target: a landmark for the hand or the foot;
    flat: how much the sole wants to lie on the support; grip: mean closing of the fingers.
    """

    angles: Mapping[str, Triple]
    spread: float = 12.0
    rests: Odds | None = None
    target: str = ""
    flat: float = 0.0
    slack: float = 12.0
    grip: float = 0.5


def drawn_angles(style: LimbStyle, joints: tuple[str, ...], rng: np.random.Generator) -> Array:
    """Angles (n, 3) of a limb: the style's means, varied by its spread, less at the ends."""
    mean = np.array([style.angles.get(joint, (0.0, 0.0, 0.0)) for joint in joints])
    noise = np.clip(rng.standard_normal(mean.shape), -2, 2)
    return mean + style.spread * np.array([VARIES[joint] for joint in joints]) * noise


def slack_of(style: LimbStyle, joints: tuple[str, ...]) -> Array:
    """How gladly each angle (n, 3) gives way, degrees."""
    return style.slack * np.array([VARIES[joint] for joint in joints])


def rests_of(style: LimbStyle, joints: tuple[str, ...]) -> Array:
    """How much each segment (n,) wants to lie on the support."""
    rests = style.rests or {}
    return np.array([rests.get(joint, 0.0) for joint in joints])


# How much of a style's spread each angle of a joint shows.
VARIES: dict[str, Triple] = {
    "clavicle": (0.0, 0.4, 0.3),
    "shoulder": (1.0, 1.0, 1.0),
    "elbow": (1.3, 0.0, 0.7),
    "wrist": (0.7, 1.3, 0.7),
    "hip": (1.0, 0.8, 0.8),
    "knee": (1.2, 0.0, 0.0),
    "ankle": (0.8, 0.5, 0.3),
}
