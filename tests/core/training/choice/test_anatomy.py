import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.pose.skeleton import shipped_skeleton
from core.training.choice.anatomy import asymmetry, bone_spread, coinciding_share, extent
from core.training.data.canvas import CANVAS
from tests.core.training.choice import painted


def poses(count=6):
    return torch.from_numpy(painted.canvases(count, seed=5).xy) / CANVAS


@given(st.floats(0.2, 3.0), st.floats(-1, 1))
def test_extent_grows_with_the_body_and_lengths_in_trunks_do_not(scale, shift):
    found = poses()
    moved = scale * found + shift
    assert extent(moved) == pytest.approx(scale * extent(found), rel=1e-3)
    groups = ["one"] * 6
    assert bone_spread(moved, groups) == pytest.approx(bone_spread(found, groups), rel=0.05)


def test_longer_left_limbs_are_uneven():
    found = poses()
    skeleton = shipped_skeleton()
    for joint in ("elbow", "wrist"):
        start, end = skeleton.indices("left_shoulder", f"left_{joint}")
        found[:, end] = found[:, start] + 2 * (found[:, end] - found[:, start])
    for joint in ("knee", "ankle"):
        start, end = skeleton.indices("left_hip", f"left_{joint}")
        found[:, end] = found[:, start] + 2 * (found[:, end] - found[:, start])
    assert asymmetry(found) == pytest.approx(torch.log(torch.tensor(2.0)).item(), abs=0.15)
    assert asymmetry(poses()) < 0.3


def test_partners_in_one_place_coincide():
    found = poses()
    left, right = shipped_skeleton().indices("left_knee", "right_knee")
    found[:, left] = found[:, right] + 0.005
    assert coinciding_share(found) == pytest.approx(1 / 6)


def test_bones_of_one_length_do_not_vary_and_small_groups_say_nothing():
    same = poses(1).expand(6, -1, -1)
    assert bone_spread(same, ["one"] * 6) == 0
    assert bone_spread(same, ["one", "two"] * 3) is None
