"""How infants on their back move, as tempos and odds of what limbs do next.

Tempos were set so that joints of drawn clips move as fast as those of MINI-RGBD's infants (25
frames a second, speeds in trunk lengths a second): long rests and short bursts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.synthesis.posture.limb_styles import Odds

Seconds = tuple[float, float]  # shortest and longest


@dataclass(frozen=True)
class Tempo:
    """How long a limb takes for a movement, and how long it then rests, seconds.

    together: how often left and right move as one.
    """

    moves: Seconds
    rests: Seconds
    together: float = 0.2


@dataclass(frozen=True)
class MotionStyle:
    """One kind of movement.

    start: the style of lying it begins with; arms, legs: odds of what a limb does next; circling:
    joint -> degrees of small circles at `circle_hertz`; wander: degrees of slow sway of the back;
    looks: how far the head turns to either side, degrees.
    """

    start: str
    arms: Odds
    legs: Odds
    arm_tempo: Tempo
    leg_tempo: Tempo
    head_tempo: Tempo = Tempo((0.6, 1.6), (1.0, 4.0))
    circling: Mapping[str, float] | None = None
    circle_hertz: tuple[float, float] = (0.5, 1.4)
    wander: float = 2.0
    looks: float = 30.0
    rolls: bool = False


_ARMS: Odds = {
    "raised": 3, "beside the head": 1.5, "at the side": 2, "at the side, bent": 1.5, "waving": 3,
    "to the mouth": 0.8, "on the belly": 1, "reaching": 0.5,
}  # fmt: skip
_LEGS: Odds = {"half frog": 3, "frog": 1, "foot down": 1.5, "extended": 1.5, "lifted": 1.5}
_SMALL = {"wrist": 11.0, "ankle": 10.0, "neck": 3.5, "shoulder": 4.5, "hip": 3.5, "elbow": 5.0,
          "knee": 4.0}  # fmt: skip
_TINY = {joint: 0.35 * degrees for joint, degrees in _SMALL.items()}
_SLOW, _STILL = Tempo((0.7, 2.0), (0.8, 4.0)), Tempo((0.8, 1.8), (2.0, 6.0))

# How often each kind is drawn when nobody asks for one.
INFANT_MOTIONS: Odds = {
    "writhing": 0.2, "fidgety": 0.25, "kicking": 0.2, "kicking together": 0.1, "reaching": 0.15,
    "turning the head": 0.05, "rolling": 0.05,
}  # fmt: skip
MOTION_STYLES: dict[str, MotionStyle] = {
    "writhing": MotionStyle(
        "at rest", _ARMS, _LEGS, Tempo((0.9, 2.6), (0.0, 1.2)), Tempo((0.9, 2.6), (0.0, 1.2)),
        circling=_TINY, wander=6.0),
    "fidgety": MotionStyle(
        "at rest", _ARMS, _LEGS, Tempo((0.5, 1.6), (1.0, 5.0)), Tempo((0.5, 1.6), (1.0, 5.0)),
        circling=_SMALL, wander=3.0),
    "kicking": MotionStyle(
        "kicking", _ARMS, {"kicking": 2, "lifted": 2, "extended": 1, "foot down": 0.7},
        Tempo((0.4, 1.2), (0.4, 2.5)), Tempo((0.28, 0.7), (0.0, 1.0), 0.1), circling=_TINY),
    "kicking together": MotionStyle(
        "kicking", _ARMS, {"kicking": 1.5, "lifted": 2, "extended": 1.2},
        Tempo((0.4, 1.2), (0.4, 2.5)), Tempo((0.28, 0.7), (0.0, 1.2), 0.95), circling=_TINY),
    "reaching": MotionStyle(
        "at rest",
        {"reaching": 2, "at the midline": 1.5, "to the mouth": 1, "raised": 1.5, "at the side": 1},
        _LEGS, Tempo((0.5, 1.3), (0.3, 2.0), 0.4), _SLOW, circling=_TINY, looks=20.0),
    "turning the head": MotionStyle(
        "at rest", _ARMS, _LEGS, _STILL, _STILL, Tempo((0.6, 1.5), (0.4, 2.0)), circling=_TINY,
        looks=48.0),
    "rolling": MotionStyle(
        "at rest", _ARMS, _LEGS, _SLOW, _SLOW, circling=_TINY, looks=15.0, rolls=True),
}  # fmt: skip
