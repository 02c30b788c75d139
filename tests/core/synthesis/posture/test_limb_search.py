"""Limbs go where they are asked to, lie on the support and stay out of the body."""

import numpy as np
import pytest

from core.synthesis.posture.figure import ARMS, LEGS, Figure
from core.synthesis.posture.joint_angles import upright
from core.synthesis.posture.limb_search import LimbSearch, LimbWishes
from core.synthesis.posture.limbs import Limbs
from core.synthesis.posture.stance import around, obstacles_of


@pytest.fixture
def arms(baby_figure: Figure) -> Limbs:
    return Limbs(baby_figure, np.array(ARMS), 1)


def wishes(count: int, targets: np.ndarray | None = None, rests: float = 0.0) -> LimbWishes:
    still = np.zeros((2, count, 3))
    slack = np.full((2, count, 3), 15.0)
    nowhere = np.full((2, 3), np.nan)
    return LimbWishes(
        still, slack, np.full((2, count), rests), nowhere if targets is None else targets,
        np.zeros(2),
    )  # fmt: skip


def search(limbs: Limbs, wanted: LimbWishes, height: float = 0.6) -> LimbSearch:
    body = limbs.figure.placed(upright(), np.eye(3), np.array([0.0, 0.0, height]))
    return LimbSearch(limbs, body, wanted, obstacles_of(body, around(limbs)))


@pytest.mark.parametrize("ahead", [0.6, 0.8])
@pytest.mark.parametrize("aside", [0.2, 0.6])
def test_hands_reach_targets_within_reach(arms: Limbs, ahead: float, aside: float):
    reach = arms.figure.arm_length
    body = search(arms, wishes(4)).body
    shoulders = body.joints[arms.chains[:, 1]]
    targets = shoulders + np.array([[aside, -ahead, -0.1], [-aside, -ahead, -0.1]]) * reach
    tried = search(arms, wishes(4, targets))
    angles, _ = tried.run(np.random.default_rng(0))
    tips = arms.placed(tried.body, angles[:, None]).tips()[:, 0]
    assert np.linalg.norm(tips - targets, axis=1).max() < 0.06 * reach


def test_aiming_alone_hits_the_target(arms: Limbs):
    body = search(arms, wishes(4)).body
    targets = body.joints[arms.chains[:, 1]] + np.array([[0.02, -0.1, -0.05], [-0.02, -0.1, 0.0]])
    aimed = arms.aimed(body, np.zeros((2, 1, 4, 3)), targets)
    tips = arms.placed(body, aimed).tips()[:, 0]
    assert np.linalg.norm(tips - targets, axis=1).max() < 0.01


def test_a_target_out_of_reach_is_missed_gracefully(arms: Limbs):
    far = np.tile([0.0, -5.0, 0.5], (2, 1))
    tried = search(arms, wishes(4, far))
    angles, cost = tried.run(np.random.default_rng(0))
    assert np.isfinite(angles).all()
    assert cost.min() > 10


def test_feet_rest_on_the_floor_and_do_not_sink(baby_figure: Figure):
    legs = Limbs(baby_figure, np.array(LEGS), 0)
    wanted = wishes(3)
    wanted.rests[:, 2] = 1.0
    tried = search(legs, wanted, 0.93 * baby_figure.leg_length)
    angles, _ = tried.run(np.random.default_rng(1))
    lowest = legs.placed(tried.body, angles[:, None]).heights().min(axis=(1, 2))
    assert np.abs(lowest).max() < 0.006


def test_arms_bend_round_the_body(arms: Limbs):
    inside = np.tile([0.0, 0.0, 0.7], (2, 1))  # the middle of the belly
    tried = search(arms, wishes(4, inside))
    angles, _ = tried.run(np.random.default_rng(0))
    beads = arms.placed(tried.body, angles[:, None]).beads()
    assert tried.obstacles.depth(beads, arms.bead_radius[:, None]).max() < 0.02


def test_the_same_seed_finds_the_same(arms: Limbs):
    first, second = (search(arms, wishes(4)).run(np.random.default_rng(3))[0] for _ in range(2))
    assert np.array_equal(first, second)
