"""How far joints turn, in the angles of `joint_angles`, for infants and for adults.

Sources: American Academy of Orthopaedic Surgeons, Joint Motion (1965), and Soucie et al. 2011 for
adults; for infants Waugh et al. 1983 and Drews et al. 1984 (newborn hips do not extend by 28-46
degrees, turn outward by 90 and more, abduct to 78; ankles: toes up to 59, down to 26) and
Broughton et al. 1993 (knees lack 21 degrees of extension at birth, 3 at six months). What skinning
draws badly lies outside the limits: long bones turn less about themselves than real ones do, and
the forearm's turn is shared between elbow and wrist.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS
from core.synthesis.posture.joint_angles import ABDUCTION, FLEXION, Angles

Range = tuple[float, float]
Limits = NDArray[np.float64]  # (2, 19, 3) lowest and highest, degrees

MOST_SWING = 172.0  # of a shoulder; beyond, the turn about the arm is undefined

# joint: flexion, abduction (trunk: to the left), rotation (trunk: to the left)
ADULT: dict[str, tuple[Range, Range, Range]] = {
    "root": ((0, 0), (0, 0), (0, 0)),
    "spine": ((-20, 45), (-20, 20), (-15, 15)),
    "chest": ((-20, 35), (-20, 20), (-30, 30)),
    "neck": ((-25, 30), (-20, 20), (-30, 30)),
    "head": ((-30, 30), (-20, 20), (-40, 40)),
    "clavicle": ((0, 0), (-10, 35), (-20, 20)),
    "shoulder": ((-50, 165), (-45, 165), (-75, 85)),
    "elbow": ((0, 145), (0, 0), (-40, 40)),
    "wrist": ((-25, 20), (-65, 80), (-35, 35)),
    "hip": ((-25, 135), (-25, 65), (-40, 55)),
    "knee": ((0, 150), (0, 0), (-10, 10)),
    "ankle": ((-45, 35), (-20, 15), (-15, 15)),
}
INFANT: dict[str, tuple[Range, Range, Range]] = {
    "root": ((0, 0), (0, 0), (0, 0)),
    "spine": ((-20, 45), (-25, 25), (-20, 20)),
    "chest": ((-20, 40), (-25, 25), (-25, 25)),
    "neck": ((-30, 30), (-25, 25), (-40, 40)),
    "head": ((-30, 30), (-20, 20), (-45, 45)),
    "clavicle": ((0, 0), (-10, 35), (-20, 20)),
    "shoulder": ((-50, 165), (-45, 165), (-75, 90)),
    "elbow": ((3, 150), (0, 0), (-40, 40)),
    "wrist": ((-25, 25), (-70, 80), (-35, 35)),
    "hip": ((-10, 140), (-20, 75), (-50, 85)),
    "knee": ((3, 150), (0, 0), (-10, 10)),
    "ankle": ((-30, 45), (-25, 20), (-15, 15)),
}

# What a newborn lacks in extension, and the age in months at which nothing is lacking any more.
NEWBORN_STIFFNESS = {"elbow": 15.0, "hip": 25.0, "knee": 20.0}
FULL_EXTENSION_MONTHS = 6.0


def limits_for(physique: Physique) -> Limits:
    """The lowest and highest angle of every joint of this person, (2, 19, 3)."""
    if not physique.is_infant:
        return _limits(False)
    limits = _limits(True).copy()
    left = max(0.0, 1 - physique.months / FULL_EXTENSION_MONTHS)
    for number, joint in enumerate(JOINTS):
        limits[0, number, FLEXION] += left * NEWBORN_STIFFNESS.get(joint.rpartition("_")[2], 0)
    return limits


def within(angles: Angles, limits: Limits) -> Angles:
    """The nearest angles (..., 19, 3) inside the limits."""
    return clipped(angles, limits[0], limits[1])


def clipped(angles: Angles, lowest: Angles, highest: Angles) -> Angles:
    """Angles (..., J, 3) between two bounds (J, 3), and no swing beyond MOST_SWING."""
    inside = np.clip(angles, lowest, highest)
    swing = np.hypot(inside[..., FLEXION], inside[..., ABDUCTION])
    inside[..., :2] *= np.minimum(1.0, MOST_SWING / np.maximum(swing, 1e-9))[..., None]
    return inside


@cache
def _limits(is_infant: bool) -> Limits:
    table = INFANT if is_infant else ADULT
    rows = np.array([table[joint.rpartition("_")[2]] for joint in JOINTS], np.float64)
    limits = np.moveaxis(rows, -1, 0).copy()
    limits.flags.writeable = False
    return limits
