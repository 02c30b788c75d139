"""Folds of cloth: where they can lie on the template, and how deep they are in a pose."""

import numpy as np
from numpy.typing import NDArray

from core.synthesis.wardrobe.mesh.triangles import Vectors
from core.synthesis.wardrobe.template.anatomy import Anatomy
from core.synthesis.wardrobe.template.wearer import BENDING

WAVELENGTH = 0.05  # of the stature, from fold to fold
REACH = 0.075  # of the stature, how far from the joint a fold lies
SPREAD = {"spine": 1.2, "left_hip": 1.1, "right_hip": 1.1}  # reach of some joints, times REACH


def fold_patterns(
    anatomy: Anatomy, points: Vectors, rng: np.random.Generator
) -> NDArray[np.floating]:
    """Relief around each joint of BENDING and, last, all over: (V, len(BENDING) + 1) in -1..1."""
    columns = [_around(anatomy, joint, points, rng) for joint in BENDING]
    return np.stack([*columns, _slack(anatomy, points, rng)], axis=1).astype(np.float32)


def fold_depths(bends: NDArray[np.floating], depth: float, slack: float) -> NDArray[np.floating]:
    """Metres for each pattern: `depth` at a right angle, `slack` all over."""
    return np.append(depth * np.clip(0.25 + bends, 0, 1.3), slack).astype(np.float32)


def _around(
    anatomy: Anatomy, joint: str, points: Vectors, rng: np.random.Generator
) -> NDArray[np.floating]:
    axis = _axis(anatomy, joint)
    away = points - anatomy.joints[joint]
    along = away @ axis
    across = away - along[:, None] * axis
    radius = np.linalg.norm(across, axis=1) + 1e-6
    # Folds run around the limb, lean, and fork where two phases meet.
    lean = rng.uniform(-0.9, 0.9, 2)
    swing = (across / radius[:, None]) @ np.array([[1, 0], [0, 1], [0.3, 0.3]]) @ lean
    phase = 2 * np.pi * along / (WAVELENGTH * anatomy.stature * rng.uniform(0.8, 1.2))
    reach = REACH * SPREAD.get(joint, 1.0) * anatomy.stature
    near = np.exp(-((np.linalg.norm(away, axis=1) / (1.6 * reach)) ** 4) - (along / reach) ** 2)
    ridge = np.sin(phase + 2.2 * swing + rng.uniform(0, 6.3))
    return near * (ridge - 0.3 * ridge**2)


def _axis(anatomy: Anatomy, joint: str) -> Vectors:
    mirror = np.array([-1 if joint.startswith("right") else 1, 1, 1], np.float32)
    if joint == "spine":
        return np.array([0, 0, 1], np.float32)
    limb = anatomy.arm_axis if joint.endswith(("elbow", "shoulder")) else anatomy.leg_axis
    return limb * mirror


def _slack(anatomy: Anatomy, points: Vectors, rng: np.random.Generator) -> NDArray[np.floating]:
    """Soft relief of loose cloth, longer up and down than around."""
    total = np.zeros(len(points), np.float32)
    for octave in (1.0, 1.0, 1.0, 1.7, 1.7):
        direction = rng.standard_normal(3) * (1.0, 1.0, 0.55)
        wave = direction * octave * 2 * np.pi / (0.11 * anatomy.stature)
        total += np.sin(points @ wave.astype(np.float32) + rng.uniform(0, 6.3)) / octave
    return np.clip(total / 3.0, -1, 1)
