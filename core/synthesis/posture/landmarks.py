"""Where hands and feet may be asked to go: places on the body and around it."""

from collections.abc import Callable

import numpy as np

from core.synthesis.posture.figure import Array, Placed
from core.synthesis.posture.joint_angles import INDEX

_SIDE = np.array([1.0, -1.0])[:, None]  # left is +X
_LEFT = np.array([1.0, 0.0, 0.0])
_AHEAD = np.array([0.0, -1.0, 0.0])

JITTER = 0.06  # of all places, as a share of the arm's length


def landmark(name: str, body: Placed, rng: np.random.Generator) -> Array:
    """The place for the left and for the right limb, (2, 3) world metres."""
    places = PLACES[name](body, rng)
    jitter = JITTER * body.figure.arm_length * rng.uniform(-1, 1, 3)
    return places + jitter * np.array([1.0, 1.0, name not in ON_THE_FLOOR])


def _mouth(body: Placed, rng: np.random.Generator) -> Array:
    skin = body.figure.flesh[INDEX["head"]]
    front, height = skin[:, 1].min(), np.ptp(skin[:, 2])
    local = _AHEAD * (_hand(body) * 0.8 - front) + _SIDE * _LEFT * 0.12 * height
    local[:, 2] = skin[:, 2].min() + 0.25 * height
    return _seen_from(body, "head", local)


def _ear(body: Placed, rng: np.random.Generator) -> Array:
    skin = body.figure.flesh[INDEX["head"]]
    middle = (skin.max(axis=0) + skin.min(axis=0)) / 2
    return _seen_from(body, "head", middle + _SIDE * _LEFT * (skin[:, 0].max() + _hand(body)))


def _midline(body: Placed, rng: np.random.Generator) -> Array:
    front = body.figure.flesh[INDEX["chest"]][:, 1].min()
    ahead = rng.uniform(0.15, 0.6) * body.figure.arm_length - front
    up = rng.uniform(-0.1, 0.35) * body.figure.arm_length
    return _seen_from(
        body, "chest", _AHEAD * ahead + [0.0, 0.0, up] + _SIDE * _LEFT * 1.1 * _hand(body)
    )


def _belly(body: Placed, rng: np.random.Generator) -> Array:
    front = body.figure.flesh[INDEX["spine"]][:, 1].min()
    wide = rng.uniform(0.15, 0.4) * body.figure.arm_length
    up = rng.uniform(0.0, 0.3) * body.figure.arm_length
    return _seen_from(
        body, "spine", _AHEAD * (_hand(body) - front) + _SIDE * _LEFT * wide + [0.0, 0.0, up]
    )


def _other_side(body: Placed, rng: np.random.Generator) -> Array:
    front = body.figure.flesh[INDEX["chest"]][:, 1].min()
    wide = rng.uniform(0.0, 0.4) * body.figure.arm_length
    up = rng.uniform(-0.3, 0.2) * body.figure.arm_length
    return _seen_from(
        body, "chest", _AHEAD * (1.4 * _hand(body) - front) - _SIDE * _LEFT * wide + [0, 0, up]
    )


def _hip(body: Placed, rng: np.random.Generator) -> Array:
    skin = body.figure.flesh[INDEX["spine"]]
    return _seen_from(body, "spine", _SIDE * _LEFT * (skin[:, 0].max() + 0.8 * _hand(body)))


def _foot(body: Placed, rng: np.random.Generator) -> Array:
    feet = np.stack([body.tip("left_ankle"), body.tip("right_ankle")])
    soles = [body.turns[INDEX[f"{side}_ankle"]] @ [0.0, 0.0, -1.0] for side in ("left", "right")]
    return feet + 0.8 * _hand(body) * np.stack(soles)


def _knee(body: Placed, rng: np.random.Generator) -> Array:
    knees = body.joints[[INDEX["left_knee"], INDEX["right_knee"]]]
    hips = body.joints[[INDEX["left_hip"], INDEX["right_hip"]]]
    radius = 0.3 * body.figure.length("left_knee")
    share = rng.uniform(0.0, 0.5)
    return knees + share * (hips - knees) + [0.0, 0.0, radius + 0.5 * _hand(body)]


def _floor(ahead: tuple[float, float], wide: tuple[float, float]) -> "Place":
    def place(body: Placed, rng: np.random.Generator) -> Array:
        arm, root = body.figure.arm_length, body.joints[0]
        local = _AHEAD * rng.uniform(*ahead) * arm + _SIDE * _LEFT * rng.uniform(*wide) * arm
        places = root + local
        places[:, 2] = 1.1 * _hand(body)
        return places

    return place


def _floor_below(body: Placed, rng: np.random.Generator) -> Array:
    arm = body.figure.arm_length
    places = body.joints[[INDEX["left_shoulder"], INDEX["right_shoulder"]]]
    places = places + _AHEAD * rng.uniform(-0.05, 0.3, (2, 1)) * arm
    places += _SIDE * _LEFT * rng.uniform(-0.12, 0.2, (2, 1)) * arm
    places[:, 2] = 1.1 * _hand(body)
    return places


def _seated_foot(ahead: tuple[float, float], wide: tuple[float, float]) -> "Place":
    def place(body: Placed, rng: np.random.Generator) -> Array:
        leg = body.figure.leg_length
        local = _AHEAD * rng.uniform(*ahead, (2, 1)) + _SIDE * _LEFT * rng.uniform(*wide, (2, 1))
        places = body.joints[0] + local * leg
        places[:, 2] = 0.15 * body.figure.length("left_ankle")
        return places

    return place


def _rail(body: Placed, rng: np.random.Generator) -> Array:
    shoulders = body.joints[[INDEX["left_shoulder"], INDEX["right_shoulder"]]]
    arm = body.figure.arm_length
    ahead, wide, below = rng.uniform((0.55, 0.2, 0.0), (0.85, 0.6, 0.4)) * arm
    places = shoulders.mean(axis=0) + _AHEAD * ahead + _SIDE * _LEFT * wide
    places[:, 2] -= below
    return places


def _stance(body: Placed, rng: np.random.Generator) -> Array:
    return _feet(body, rng.uniform(0.08, 0.3), rng.uniform(-0.12, 0.12))


def _stride(body: Placed, rng: np.random.Generator) -> Array:
    return _feet(body, rng.uniform(0.08, 0.2), rng.uniform(0.2, 0.5) * rng.choice([-1, 1]))


def _feet(body: Placed, wide: float, apart: float) -> Array:
    """Balls of the feet on the floor, so that the weight is over the feet."""
    foot, leg = body.figure.tips[INDEX["left_ankle"]], body.figure.leg_length
    hips = body.joints[[INDEX["left_hip"], INDEX["right_hip"]]]
    places = body.balance() + (hips - hips.mean(axis=0)) + _SIDE * _LEFT * wide * leg / 2
    places += 0.5 * foot * [0, 1, 0] + _SIDE * _AHEAD * apart * leg / 2
    places[:, 2] = 0.0
    return places


def _seen_from(body: Placed, segment: str, local: Array) -> Array:
    at = INDEX[segment]
    return body.joints[at] + local @ body.turns[at].T


def _hand(body: Placed) -> float:
    """Half the thickness of a closed hand, metres."""
    return float(body.figure.capsules.radius[body.figure.capsules.joint == INDEX["left_wrist"]][0])


Place = Callable[[Placed, np.random.Generator], Array]
PLACES: dict[str, Place] = {
    "mouth": _mouth,
    "ear": _ear,
    "midline": _midline,
    "belly": _belly,
    "other side": _other_side,
    "hip": _hip,
    "foot": _foot,
    "knee": _knee,
    "floor ahead": _floor((0.45, 0.9), (0.08, 0.4)),
    "floor beside": _floor((-0.1, 0.35), (0.45, 0.75)),
    "floor behind": _floor((-0.65, -0.3), (0.3, 0.6)),
    "floor below": _floor_below,
    "ring": _seated_foot((0.55, 0.75), (-0.05, 0.25)),
    "half ring": _seated_foot((0.7, 0.95), (0.1, 0.6)),
    "rail": _rail,
    "stance": _stance,
    "stride": _stride,
}
ON_THE_FLOOR = {name for name in PLACES if name.startswith("floor")} | {
    "ring", "half ring", "stance", "stride",
}  # fmt: skip
