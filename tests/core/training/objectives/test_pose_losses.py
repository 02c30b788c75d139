"""Prior and silhouette pull on the student's heat-maps, and only where something is known."""

import pytest
import torch
from torch import Tensor

from core.training.objectives.bone_vectors import bone_vectors
from core.training.objectives.gaussian_targets import draw_gaussians
from core.training.objectives.pose_losses import (
    MaskBand,
    SeenInfant,
    prior_loss,
    visibility_loss,
)
from core.training.objectives.soft_argmax import soft_argmax
from tests.core.training.objectives import authors_formulas

BAND = MaskBand()


def random_points(batch: int = 3) -> Tensor:
    return torch.rand(batch, 16, 2, generator=torch.Generator().manual_seed(8)) * 256


def upwards(bones: Tensor) -> Tensor:
    """A prior that wants every bone to point up."""
    return (1 + bones[..., 1]).mean(dim=1)


def test_bones_are_the_authors():
    points = random_points(1)
    places = [(float(x), float(y)) for x, y in points[0]]
    expected = [authors_formulas.bone(places[a], places[b]) for a, b in authors_formulas.BONES]
    assert torch.allclose(bone_vectors(points)[0], torch.tensor(expected), atol=1e-4)


def test_coincident_points_have_no_direction_and_a_finite_gradient():
    points = torch.zeros(1, 16, 2, requires_grad=True)
    bones = bone_vectors(points)
    bones.sum().backward()
    assert float(bones.detach().abs().max()) == 0
    assert points.grad is not None
    assert bool(torch.isfinite(points.grad).all())


def test_the_prior_is_a_weighted_mean_over_samples():
    points = random_points()
    distances = upwards(bone_vectors(points))
    assert float(prior_loss(points, upwards)) == pytest.approx(float(distances.mean()), rel=1e-5)
    weights = torch.tensor([1.0, 0.0, 0.5])
    expected = float((distances * weights).sum() / 3)
    assert float(prior_loss(points, upwards, weights)) == pytest.approx(expected, rel=1e-5)


def test_bones_of_unknown_and_broken_points_are_zeros_without_gradient():
    points = random_points(2)
    points[0, 0] = torch.nan  # left ankle: its bone only
    points.requires_grad_()
    known = torch.ones(2, 16, dtype=torch.bool)
    known[1, 9] = False  # head: the first bone
    bones = bone_vectors(points, known)
    bones.sum().backward()
    is_zero = (bones == 0).all(-1)
    assert is_zero.nonzero().tolist() == [[0, 6], [1, 0]]
    assert points.grad is not None
    assert bool(torch.isfinite(points.grad).all())
    assert float(points.grad[0, 0].abs().max()) == 0


def test_one_distance_that_is_no_number_costs_only_itself():
    points = random_points().requires_grad_()

    def broken_for_one(bones: Tensor) -> Tensor:
        return upwards(bones) * torch.tensor([1.0, torch.inf, 1.0])

    loss = prior_loss(points, broken_for_one)
    others = upwards(bone_vectors(points[[0, 2]].detach()))
    assert float(loss.detach()) == pytest.approx(float(others.sum() / 3), rel=1e-5)


def test_the_prior_moves_the_students_peaks():
    cells = torch.rand(1, 16, 2, generator=torch.Generator().manual_seed(9)) * 40 + 10
    maps = draw_gaussians(cells, 64, 1.2).requires_grad_()
    losses = []
    for _ in range(12):
        loss = prior_loss(soft_argmax(maps) * 4, upwards)
        (gradient,) = torch.autograd.grad(loss, maps)
        maps = (maps - 20 * gradient).detach().requires_grad_()
        losses.append(float(loss.detach()))
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] - 0.02


def blobs(points: Tensor) -> Tensor:
    """A stand-in for Kp2Seg: logits of discs of 10 pixels about the keypoints, (B, 1, 64, 64)."""
    centres = (torch.arange(64) + 0.5) * 4
    apart = torch.stack(torch.meshgrid(centres, centres, indexing="xy"), -1)[None, None]
    distance = (apart - points[:, :, None, None]).norm(dim=-1)
    return ((10 - distance) / 4).amax(dim=1, keepdim=True)


def seen(points: Tensor) -> SeenInfant:
    return SeenInfant((blobs(points) > 0).float())


def test_the_silhouettes_gradient_reaches_the_students_heat_maps():
    cells = torch.tensor([[[20.0, 30.0], [40.0, 40.0]]])
    true = seen((cells + torch.tensor([3.0, 0.0]) + 0.5) * 4)
    maps = draw_gaussians(cells, 64, 2.0).requires_grad_()
    optimiser = torch.optim.Adam([maps], lr=0.02)
    losses = []
    for _ in range(60):
        optimiser.zero_grad()
        loss = visibility_loss(blobs((soft_argmax(maps) + 0.5) * 4), true, BAND)
        loss.backward()
        assert maps.grad is not None
        assert float(maps.grad.abs().max()) > 0
        optimiser.step()
        losses.append(float(loss.detach()))
    moved = soft_argmax(maps).detach() - cells
    assert losses[-1] < 0.7 * losses[0]
    assert bool((moved[..., 0] > 1.5).all())
    assert bool((moved[..., 1].abs() < 0.5).all())


def area_and_mask() -> tuple[Tensor, Tensor]:
    """A pose that fills the left half, an infant seen in the upper half of 4 x 4 pixels."""
    area = torch.full((1, 1, 4, 4), -5.0)
    area[..., :2] = 5.0
    probability = torch.zeros(1, 1, 4, 4)
    probability[:, :, :2] = 1
    return area.requires_grad_(), probability


def charged_pixels(area: Tensor, infant: SeenInfant) -> Tensor:
    """Where the loss pulls hard, (4, 4) bool."""
    visibility_loss(area, infant, BAND).backward()
    assert area.grad is not None
    return area.grad[0, 0].abs() > 1e-3


def test_charged_are_unexplained_infant_and_area_on_background():
    area, probability = area_and_mask()
    expected = torch.zeros(4, 4, dtype=torch.bool)
    expected[:2, 2:] = True  # infant that the pose leaves unexplained
    expected[2:, :2] = True  # area of the pose that is background
    assert torch.equal(charged_pixels(area, SeenInfant(probability)), expected)


def test_behind_an_occluder_the_pose_may_go_on():
    area, probability = area_and_mask()
    is_occluded = torch.zeros(1, 1, 4, 4, dtype=torch.bool)
    is_occluded[..., 2:, :] = True
    charged = charged_pixels(area, SeenInfant(probability, is_occluded))
    assert not charged[2:].any()
    assert charged[:2, 2:].all()


@pytest.mark.parametrize("unknown", [0.5, torch.nan])
def test_uncertain_pixels_are_free(unknown: float):
    area, probability = area_and_mask()
    probability[..., 3] = unknown
    probability[..., 0] = unknown
    charged = charged_pixels(area, SeenInfant(probability))
    assert not charged[:, [0, 3]].any()
    assert charged[:2, 2].all()
    assert charged[2:, 1].all()


def test_each_picture_counts_the_same_and_one_without_a_mask_not_at_all():
    area, probability = area_and_mask()
    one = visibility_loss(area, SeenInfant(probability), BAND)
    both = SeenInfant(torch.cat([probability, torch.full_like(probability, torch.nan)]))
    two = visibility_loss(area.expand(2, -1, -1, -1), both, BAND)
    assert float(two.detach()) == pytest.approx(float(one.detach()) / 2)
    weights = torch.tensor([0.0, 1.0])
    nothing = visibility_loss(area.expand(2, -1, -1, -1), both, BAND, weights)
    assert float(nothing.detach()) == 0


def test_an_area_that_is_no_number_costs_nothing():
    _, probability = area_and_mask()
    broken = torch.full((1, 1, 4, 4), torch.nan, requires_grad=True)
    loss = visibility_loss(broken, SeenInfant(probability), BAND)
    loss.backward()
    assert float(loss.detach()) == 0
    assert broken.grad is not None
    assert float(broken.grad.abs().max()) == 0
