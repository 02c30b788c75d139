import torch

from core.networks.pose_prior import upright
from core.training.priors.bone_noise import nearest_distances, pose_bones
from core.training.priors.noisy_pool import make_pool
from core.training.priors.prior_recipe import PriorRecipe
from tests.core.training.priors.trained import poses

CLEAN = pose_bones(torch.from_numpy(poses(80, seed=1)))
WEIGHTS = torch.ones(80)


def pool_of(**values):
    work = make_pool(CLEAN, WEIGHTS, PriorRecipe(noisy_poses=3000, **values))
    try:
        while True:
            progress = next(work)
            assert progress.total > 0
    except StopIteration as finished:
        return finished.value


def test_every_noisy_pose_is_in_one_bucket_and_none_is_thrown_away():
    pool = pool_of()
    near, far = pool.rows["near"], pool.rows["far"]
    assert len(near) + len(far) == 3000
    assert (pool.distances[near] < 0.5).all()
    assert (pool.distances[far] >= 0.5).all()
    assert (pool.distances[pool.rows["clean"]] == 0).all()
    assert (pool.distances[near] < 0.3).any()


def test_a_label_is_the_nearest_distance_but_no_farther_than_the_origin():
    pool = pool_of()
    noisy = pool.bones[pool.rows["near"]]
    clean = pool.bones[:160]  # both sides of every pose
    nearest = nearest_distances(noisy, clean, 5)
    labels = pool.distances[pool.rows["near"]]
    assert (labels <= nearest + 1e-5).all()
    assert (labels < nearest - 1e-3).any()
    has_trunk = (noisy[:, 1] + noisy[:, 2]).norm(dim=1) > 0.5
    assert torch.allclose(upright(noisy)[has_trunk], noisy[has_trunk], atol=0.02)


def test_the_seed_decides_the_pool():
    one, same, other = pool_of(seed=1), pool_of(seed=1), pool_of(seed=2)
    assert torch.equal(one.bones, same.bones)
    assert torch.equal(one.distances, same.distances)
    assert not torch.equal(one.bones, other.bones)


def test_the_authors_pool_has_their_hole():
    pool = pool_of(form="authors")
    labels = pool.distances[torch.cat([pool.rows["near"], pool.rows["far"]])]
    assert (labels > 0.3).all()
    assert len(labels) <= 5 * len(CLEAN)
    assert len(pool.rows["clean"]) == len(CLEAN)


def test_heavier_poses_are_taken_more_often():
    weights = torch.full((80,), 0.01)
    weights[7] = 1.0
    work = make_pool(CLEAN, weights, PriorRecipe(noisy_poses=500))
    try:
        while True:
            next(work)
    except StopIteration as finished:
        rows = finished.value.rows["clean"]
    assert ((rows % 80) == 7).float().mean() > 0.4
