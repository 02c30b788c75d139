"""Smooth courses of angles over time: from pose to pose with rests, small circles, slow sway."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.pose import JOINTS
from core.synthesis.posture.figure import Array
from core.synthesis.posture.joint_angles import ABDUCTION, FLEXION
from core.synthesis.posture.motion_styles import Tempo

_WAVES = 5  # sines in a sway: it never repeats within a clip


def eased(share: Array) -> Array:
    """Minimum-jerk course from 0 to 1 for shares of the time (any shape), flat at both ends."""
    share = np.clip(share, 0.0, 1.0)
    return share**3 * (10 - 15 * share + 6 * share**2)


def schedule(tempo: Tempo, seconds: float, rng: np.random.Generator) -> Array:
    """When movements begin and end, (M, 2) seconds; the first may have begun before the start."""
    spans: list[tuple[float, float]] = []
    time = -rng.uniform(0, tempo.moves[1])
    while time < seconds:
        end = time + rng.uniform(*tempo.moves)
        spans.append((time, end))
        time = end + rng.uniform(*tempo.rests)
    return np.array(spans)


def through(keys: Array, spans: Array, times: Array) -> Array:
    """The course through keys (M + 1, ...): one to the next in each span (M, 2); (T, ...)."""
    share = eased((times[:, None] - spans[:, 0]) / (spans[:, 1] - spans[:, 0]))  # (T, M)
    return keys[0] + np.tensordot(share, np.diff(keys, axis=0), axes=1)


def circles(
    degrees: Mapping[str, float],
    hertz: tuple[float, float],
    times: NDArray[np.float64],
    rng: np.random.Generator,
) -> Array:
    """Small circles of joints, swelling and fading, added to angles: (T, 19, 3)."""
    course = np.zeros((len(times), len(JOINTS), 3))
    for number, joint in enumerate(JOINTS):
        size = degrees.get(joint.rpartition("_")[2], 0.0)
        phase = 2 * np.pi * rng.uniform(*hertz) * times + 0.6 * sway(times, (0.1, 0.5), rng)
        swell = size * np.clip(0.55 + 0.6 * sway(times, (0.05, 0.25), rng), 0, 1.4)
        course[:, number, FLEXION] = swell * np.sin(phase + rng.uniform(0, 2 * np.pi))
        course[:, number, ABDUCTION] = swell * np.cos(phase) * (not joint.endswith("knee"))
    return course


def sway(times: Array, hertz: tuple[float, float], rng: np.random.Generator) -> Array:
    """A slow irregular course about 0 with a standard deviation of one, (T,)."""
    rate, phase = rng.uniform(*hertz, _WAVES), rng.uniform(0, 2 * np.pi, _WAVES)
    return np.sin(2 * np.pi * np.outer(times, rate) + phase).sum(axis=1) * np.sqrt(2 / _WAVES)
