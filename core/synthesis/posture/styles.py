"""What a posture is made of before anything touches: trunk, head, and odds of arms and legs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from core.synthesis.posture.limb_styles import Odds

Spread = tuple[float, float]  # mean and standard deviation, degrees unless said otherwise


class Support(Enum):
    """What carries the trunk."""

    BACK = "back"
    BELLY = "belly"
    SIDE = "side"
    SEAT = "seat"  # the buttocks
    ARMS_AND_LEGS = "arms and legs"
    FEET = "feet"
    HANDS = "hands"  # upside down
    CARRIED = "carried"  # in somebody's arms, or in the air


@dataclass(frozen=True)
class Style:
    """One way of lying, sitting, standing or being held.

    pitch: 0 upright, 90 face down, -90 on the back; roll about the body's long axis, 90 on the
    left side; lean to the left; flexion, bend and turn of the back; nod, tilt and look of the
    head. height: of the root as a share of the leg (feet), of the thigh (hands and knees).
    raised: how high the shoulders are held, as a share of the arm. seat: height of a chair as a
    share of the shank. arms, legs: odds of styles; alike: how often left does as right.
    from_months: the age at which infants begin to do so.
    """

    support: Support
    arms: Odds
    legs: Odds
    pitch: Spread = (0.0, 0.0)
    roll: Spread = (0.0, 0.0)
    lean: Spread = (0.0, 0.0)
    flexion: Spread = (5.0, 6.0)
    bend: Spread = (0.0, 6.0)
    turn: Spread = (0.0, 6.0)
    nod: Spread = (5.0, 10.0)
    tilt: Spread = (0.0, 7.0)
    look: Spread = (0.0, 25.0)
    height: Spread = (0.9, 0.03)
    raised: Spread | None = None
    head_rests: bool = False
    alike: float = 0.5
    seat: float = 0.0
    from_months: float = 0.0


Family = Mapping[str, tuple[float, Style]]  # style's name -> odds and style


def spread(value: Spread, rng: np.random.Generator) -> float:
    """A value drawn from a spread, within two standard deviations."""
    return value[0] + value[1] * float(np.clip(rng.standard_normal(), -2, 2))


def pick(odds: Odds, rng: np.random.Generator) -> str:
    """One of the names, by their odds."""
    names = list(odds)
    weights = np.array([odds[name] for name in names], np.float64)
    return names[int(rng.choice(len(names), p=weights / weights.sum()))]
