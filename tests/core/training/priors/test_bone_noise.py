import math

import pytest
import torch

from core.training.priors.bone_noise import (
    disturbed,
    disturbed_as_authors,
    mirrored,
    nearest_distances,
    pose_bones,
    pose_distances,
    turned_bones,
)
from tests.core.training.priors.trained import poses

CLEAN = pose_bones(torch.from_numpy(poses(400, seed=1)))


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def angles_between(ones: torch.Tensor, others: torch.Tensor) -> torch.Tensor:
    """Signed turn of each bone in degrees."""
    cross = ones[..., 0] * others[..., 1] - ones[..., 1] * others[..., 0]
    return torch.rad2deg(torch.atan2(cross, (ones * others).sum(-1)))


def test_a_missing_keypoint_leaves_zeros_for_its_bones_alone():
    xy = torch.from_numpy(poses(2, seed=0))
    xy[0, 9] = torch.nan
    found = pose_bones(xy)
    assert found[0, 0].abs().max() == 0
    assert torch.allclose(found[0, 1:].norm(dim=-1), torch.ones(12), atol=1e-4)
    assert torch.allclose(found[1].norm(dim=-1), torch.ones(13), atol=1e-4)


def test_a_mirror_image_has_sides_swapped_and_comes_back():
    again = mirrored(mirrored(CLEAN))
    assert torch.allclose(again, CLEAN)
    xy = torch.from_numpy(poses(5, seed=2))
    order = [5, 4, 3, 2, 1, 0, 6, 7, 8, 9, 15, 14, 13, 12, 11, 10]
    flipped = xy[:, order] * torch.tensor([-1.0, 1.0])
    assert torch.allclose(mirrored(pose_bones(xy)), pose_bones(flipped), atol=1e-5)


@pytest.mark.parametrize("degrees", [5, 30])
def test_noise_turns_every_bone_by_one_proper_rotation(degrees):
    noisy = turned_bones(CLEAN, degrees, generator())
    assert torch.allclose(noisy.norm(dim=-1), CLEAN.norm(dim=-1), atol=1e-4)
    found = angles_between(CLEAN, noisy)
    assert found.std(0).numpy() == pytest.approx([degrees] * 13, rel=0.15)
    assert found.mean(0).abs().max() < degrees / 5
    together = found[:, 3] - found[:, 4]
    assert together.abs().max() < 0.1  # the shoulders are one line


def test_the_authors_noise_turns_a_bone_in_the_first_quadrant_only():
    half = math.sqrt(0.5)
    right, left = (torch.tensor([x, half]).expand(200, 13, 2) for x in (half, -half))
    for bones, is_turned in ((right, True), (left, False)):  # D14
        noisy = disturbed_as_authors(bones, generator())
        assert noisy.shape == (5 * len(bones), 13, 2)
        found = angles_between(bones, noisy[-len(bones) :])  # kappa 16: 14.5 degrees
        assert (found.abs() > 5).float().mean().item() == pytest.approx(0.73 * is_turned, abs=0.02)


def test_disturbed_poses_are_spread_from_near_to_far():
    distances = pose_distances(CLEAN, disturbed(CLEAN, generator()))
    assert distances.quantile(0.1) < 0.1
    assert distances.max() > 1.3
    shares = torch.histc(distances, 10, 0, 1.0) / len(distances)
    assert (shares > 0.005).all()


def test_distances_leave_unknown_bones_out():
    one = CLEAN[:1].clone()
    other = turned_bones(one, 20, generator())
    whole = pose_distances(one, other)
    other[0, 0] = 0
    known = (one[0, 1:] - other[0, 1:]).norm(dim=-1).mean()
    assert pose_distances(one, other).item() == pytest.approx(known.item(), rel=1e-5)
    assert whole.item() != pytest.approx(known.item(), rel=1e-3)


def test_nearest_distances_come_within_a_hundredth_of_the_plain_search():
    noisy = turned_bones(CLEAN[:50], 25, generator())
    every = pose_distances(noisy[:, None], CLEAN[None])
    expected = every.topk(5, largest=False).values.mean(1)
    found = nearest_distances(noisy, CLEAN, 5)
    assert (found >= expected - 1e-5).all()
    assert torch.allclose(found, expected, rtol=0.01)
    few = nearest_distances(noisy, CLEAN[:3], 5)  # fewer clean poses than neighbours
    assert torch.allclose(few, every[:, :3].mean(1), atol=1e-5)


def test_a_chord_is_what_the_distance_of_a_turn_should_be():
    one = CLEAN[:1]
    angle = math.radians(40)
    turn = torch.tensor([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    expected = 2 * math.sin(angle / 2)
    assert pose_distances(one, one @ turn).item() == pytest.approx(expected, rel=1e-3)
