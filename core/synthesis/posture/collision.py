"""Whether a placed figure runs through itself."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.synthesis.posture.figure import Array, Placed
from core.synthesis.posture.joint_angles import INDEX

GIVES_WAY = 0.3  # flesh may be pressed in by this share of the thinner capsule's radius
SOFT = 1.0  # the same where thigh or upper arm lies against the trunk

_TRUNK = frozenset(INDEX[name] for name in ("root", "spine", "chest", "head"))
_LIMB_STARTS = {"hip": "root", "shoulder": "chest"}  # these lie inside the trunk where they begin


def depths(placed: Placed, without: frozenset[int] = frozenset()) -> Array:
    """How much deeper than flesh gives way each pair of capsules is pressed, (..., pairs) metres.

    without: joints whose segments do not count yet.
    """
    capsules = placed.figure.capsules
    first, second, give = _pairs(tuple(capsules.joint.tolist()), without)
    start, end = placed.bars()
    one, other = ((start[..., at, :], end[..., at, :]) for at in (first, second))
    apart = _distance(*one, *other)
    radius = capsules.radius[first], capsules.radius[second]
    return radius[0] + radius[1] - apart - give * np.minimum(*radius)


@cache
def _pairs(
    joints: tuple[int, ...], without: frozenset[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Which capsules can meet, and how much their flesh gives way."""
    found = [
        (one, other, _give(joints[one], joints[other]))
        for one in range(len(joints))
        for other in range(one)
        if _can_meet(joints[one], joints[other])
        and without.isdisjoint({joints[one], joints[other]})
    ]
    first, second, give = zip(*found, strict=True)
    return np.array(first), np.array(second), np.array(give)


def _can_meet(one: int, other: int) -> bool:
    if one in _TRUNK and other in _TRUNK:
        return False
    if _limb_of(one) is not None and _limb_of(one) == _limb_of(other):
        return False
    return not any(
        INDEX[f"{side}_{limb}"] in (one, other) and INDEX[trunk] in (one, other)
        for side in ("left", "right")
        for limb, trunk in _LIMB_STARTS.items()
        if limb == "hip"
    )


def _give(one: int, other: int) -> float:
    starts = {INDEX[f"{side}_{name}"] for side in ("left", "right") for name in _LIMB_STARTS}
    return SOFT if starts & {one, other} and _TRUNK & {one, other} else GIVES_WAY


def _limb_of(joint: int) -> str | None:
    for side in ("left", "right"):
        for limb, names in (("arm", "shoulder elbow wrist"), ("leg", "hip knee ankle")):
            if joint in {INDEX[f"{side}_{name}"] for name in names.split()}:
                return f"{side} {limb}"
    return None


def _distance(a: Array, b: Array, c: Array, d: Array) -> Array:
    """Least distance between segments a-b and c-d, all (..., 3), (...)."""
    u, v, w = b - a, d - c, a - c
    uu, vv = _dot(u, u) + 1e-12, _dot(v, v) + 1e-12
    uv, uw, vw = _dot(u, v), _dot(u, w), _dot(v, w)
    level = np.maximum(uu * vv - uv * uv, 1e-12)
    s = np.clip((uv * vw - vv * uw) / level, 0, 1)
    t = np.clip((uv * s + vw) / vv, 0, 1)
    s = np.clip((uv * t - uw) / uu, 0, 1)
    between = w + s[..., None] * u - t[..., None] * v
    return np.sqrt(_dot(between, between))


def _dot(one: Array, other: Array) -> Array:
    return (one * other).sum(axis=-1)
