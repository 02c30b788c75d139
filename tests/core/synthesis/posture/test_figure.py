"""The figure stands where the real body stands."""

import numpy as np
import pytest

from core.synthesis.body.pose import BodyPose
from core.synthesis.posture.figure import Figure
from core.synthesis.posture.joint_angles import INDEX, mirrored, rotations_of, upright
from core.synthesis.posture.joint_limits import within


def any_pose(figure: Figure, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return within(rng.normal(0, 25, (19, 3)), figure.limits)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("who", ["baby_figure", "adult_figure"])
def test_joints_lie_where_the_body_model_puts_them(who: str, seed: int, request):
    figure: Figure = request.getfixturevalue(who)
    angles = any_pose(figure, seed)
    placed = figure.placed(angles, np.eye(3), figure.body.zero_joints[0])
    real = figure.body.joints(BodyPose(rotations_of(angles)))
    assert np.abs(placed.joints - real).max() < 0.05 * figure.leg_length


@pytest.mark.parametrize("who", ["baby_figure", "adult_figure"])
def test_the_lowest_skin_is_that_of_the_body(who: str, request):
    figure: Figure = request.getfixturevalue(who)
    placed = figure.placed(upright(), np.eye(3), figure.body.zero_joints[0])
    assert placed.lowest() == pytest.approx(0.0, abs=0.002)
    assert placed.lowest("head") == pytest.approx(
        placed.joints[INDEX["head"], 2] + figure.flesh[INDEX["head"], :, 2].min()
    )


def test_a_standing_body_balances_over_its_middle(baby_figure: Figure):
    placed = baby_figure.placed(upright(), np.eye(3), baby_figure.body.zero_joints[0])
    balance = placed.balance()
    assert abs(balance[0]) < 0.01
    assert 0.3 < balance[2] / np.ptp(baby_figure.body.zero_vertices[:, 2]) < 0.75
    assert baby_figure.mass.sum() == pytest.approx(1.0)


def test_a_mirrored_figure_is_the_mirror_image(baby_figure: Figure):
    angles = any_pose(baby_figure, 7)
    here, there = (baby_figure.placed(one, np.eye(3)) for one in (angles, mirrored(angles)))
    flipped = there.tip("right_wrist") * [-1, 1, 1]
    assert here.tip("left_wrist") == pytest.approx(flipped, abs=0.004)


def test_many_poses_at_once_are_the_same_poses(baby_figure: Figure):
    angles = np.stack([any_pose(baby_figure, seed) for seed in range(3)])
    many = baby_figure.placed(angles, np.eye(3))
    one = baby_figure.placed(angles[2], np.eye(3))
    assert many.joints[2] == pytest.approx(one.joints)
    assert many.heights([3, 4])[2] == pytest.approx(one.heights([3, 4]))
