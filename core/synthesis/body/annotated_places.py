"""Move a body's keypoints to where annotators of photographs put them."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.pose.keypoint_rules import THORAX_FROM_NECK
from core.pose.skeleton import Skeleton, shipped_skeleton

# One joint's shifts: this share of the way from one keypoint to another, as vectors.
_Shifts = tuple[tuple[float, str, str], ...]

# How an adult network errs about joints of synthetic infants, less how it errs about those of
# photographed ones: benchmarks/label_definitions.py measures it. SIDE is left or right.
_SHIFTS: Final[dict[str, _Shifts]] = {
    "SIDE_shoulder": ((0.016, "pelvis", "neck"), (0.075, "neck", "SIDE_shoulder")),
    "SIDE_elbow": ((-0.009, "SIDE_elbow", "SIDE_shoulder"), (-0.078, "SIDE_elbow", "SIDE_wrist")),
    "SIDE_wrist": ((0.061, "SIDE_wrist", "SIDE_elbow"),),
    "SIDE_hip": ((0.052, "pelvis", "neck"), (0.190, "pelvis", "SIDE_hip")),
    "SIDE_knee": ((0.009, "SIDE_knee", "SIDE_hip"), (-0.073, "SIDE_knee", "SIDE_ankle")),
    "SIDE_ankle": ((0.034, "SIDE_ankle", "SIDE_knee"),),
}


def annotated(keypoints: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keypoints (16, D) of the skin's regressor where annotators would put them.

    Anny's regressor gives joints inside the body. Annotators put hips higher and wider, elbows and
    knees out at the bend, wrists and ankles nearer to the limb: one to one and a half per cent of
    the infant's box, a third of what counts as an error. The axial keypoints follow by our rules.
    """
    return _matrix() @ keypoints


@cache
def _matrix() -> NDArray[np.float64]:
    """(16, 16): each annotated keypoint as a weighted sum of those of the regressor."""
    skeleton = shipped_skeleton()
    moved = np.eye(len(skeleton))
    for joint, shifts in _SHIFTS.items():
        for side in ("left", "right"):
            row = _at(skeleton, joint, side)
            for share, start, end in shifts:
                moved[row, _at(skeleton, end, side)] += share
                moved[row, _at(skeleton, start, side)] -= share
    return _with_axis(moved, skeleton)


def _with_axis(moved: NDArray[np.float64], skeleton: Skeleton) -> NDArray[np.float64]:
    pelvis, thorax, neck = skeleton.indices("pelvis", "thorax", "neck")
    moved[pelvis] = moved[skeleton.indices("left_hip", "right_hip")].mean(axis=0)
    moved[neck] = moved[skeleton.indices("left_shoulder", "right_shoulder")].mean(axis=0)
    moved[thorax] = moved[neck] + THORAX_FROM_NECK * (moved[pelvis] - moved[neck])
    return moved


def _at(skeleton: Skeleton, name: str, side: str) -> int:
    return int(skeleton.indices(name.replace("SIDE", side))[0])
