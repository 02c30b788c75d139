"""Made-up collisions are caught, touching is not."""

from collections.abc import Mapping

import numpy as np
import pytest

from core.synthesis.posture.collision import depths
from core.synthesis.posture.figure import Figure
from core.synthesis.posture.joint_angles import INDEX, upright

THROUGH = {
    "a hand through the belly": {"left_shoulder": (35, -40, -60), "left_elbow": (60, 0, 0)},
    "an upper arm through the head": {"right_shoulder": (0, 168, 0), "head": (0, -20, 0),
                                      "right_clavicle": (0, 35, 0), "neck": (0, -20, 0)},
    "crossed thighs": {"left_hip": (0, -35, 0), "right_hip": (0, -35, 0)},
    "a knee through the chest": {"left_hip": (160, -15, 0), "left_knee": (100, 0, 0)},
    "arms through each other": {"left_shoulder": (80, -40, 0), "right_shoulder": (80, -40, 0)},
}  # fmt: skip
APART = {"left_shoulder": (0, 20, 0), "right_shoulder": (0, 20, 0)}
CLEAR = {
    "standing": APART,
    "arms up": {"left_shoulder": (0, 150, 60), "right_shoulder": (0, 150, 60)},
    "sitting": {"left_hip": (85, 20, 10), "right_hip": (85, 20, 10), **APART},
    "hands before the chest": {
        f"{side}_{joint}": angles
        for side in ("left", "right")
        for joint, angles in (("shoulder", (40, 20, -10)), ("elbow", (95, 0, 0)))
    },
}


def pressed(figure: Figure, pose: Mapping[str, tuple[float, float, float]]) -> float:
    angles = upright()
    for joint, turned in pose.items():
        angles[INDEX[joint]] = turned
    return float(depths(figure.placed(angles, np.eye(3))).max())


@pytest.mark.parametrize("who", ["baby_figure", "adult_figure"])
@pytest.mark.parametrize("name", THROUGH)
def test_limbs_that_run_through_a_body_are_seen(who: str, name: str, request):
    assert pressed(request.getfixturevalue(who), THROUGH[name]) > 0


@pytest.mark.parametrize("who", ["baby_figure", "adult_figure"])
@pytest.mark.parametrize("name", CLEAR)
def test_limbs_may_touch(who: str, name: str, request):
    assert pressed(request.getfixturevalue(who), CLEAR[name]) <= 0


def test_many_poses_at_once_are_judged_alike(baby_figure: Figure):
    angles = np.stack([upright(), upright()])
    angles[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]], 1] = 20
    angles[1, [INDEX["left_hip"], INDEX["right_hip"]], 1] = -35
    worst = depths(baby_figure.placed(angles, np.eye(3))).max(axis=-1)
    assert worst[0] <= 0 < worst[1]
