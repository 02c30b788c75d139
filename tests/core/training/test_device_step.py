"""Views and losses in one step: without waiting, in half precision, and split over processes."""

from dataclasses import dataclass

import pytest
import torch
from torch import Tensor, nn
from torch._subclasses.fake_tensor import DataDependentOutputException, FakeTensorMode

from core.models.heatmap_grid import HeatmapGrid
from core.pose.skeleton import shipped_skeleton
from core.training.objectives.gaussian_targets import Targets, draw_targets, to_pixels
from core.training.objectives.heatmap_losses import consistency_loss, supervision_loss
from core.training.objectives.loss_terms import LossTerms, LossWeights
from core.training.objectives.network_points import NetworkPoints
from core.training.objectives.pose_losses import (
    MaskBand,
    SeenInfant,
    prior_loss,
    visibility_loss,
)
from core.training.objectives.pseudo_labels import (
    Gather,
    confidence_mask,
    confidence_threshold,
    find_pseudo_labels,
    rectify,
)
from core.training.objectives.soft_argmax import soft_argmax
from core.training.views.hashed_draws import fork
from core.training.views.occlusion import hide_keypoints
from core.training.views.view_maps import Views, draw_maps, map_keypoints
from core.training.views.view_pictures import Appearance, show
from core.training.views.view_ranges import (
    ColourRanges,
    ErasingRanges,
    OcclusionRule,
    ViewRanges,
)
from core.training.views.warp import map_back

CANVAS, SIZE, CELLS = 80, 64, 16
GRID = HeatmapGrid(CELLS, 4.0, 0.5)
COCO = NetworkPoints.of(shipped_skeleton("coco17"))
RANGES = ViewRanges(60, 30, 0.05, (0.6, 1.3), 0.5, (0.6, 1.0))
APPEARANCE = Appearance(
    ColourRanges(0.25, 0.25, 0.25, 0.05, blur=1.5, noise=0.03), ErasingRanges(count=2)
)


@dataclass(frozen=True, eq=False)
class Batch:
    canvases: Tensor
    places: Tensor  # of the source's labels, canvas pixels
    infant: Tensor  # probability in the plain view, at 16 x 16
    seeds: Tensor

    def half(self, number: int) -> "Batch":
        part = slice(4 * number, 4 * number + 4)
        return Batch(self.canvases[part], self.places[part], self.infant[part], self.seeds[part])


class ToyPose(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 16, 5, 2, 2), nn.ReLU(), nn.Conv2d(16, 17, 5, 2, 2), nn.Sigmoid()
        )

    def forward(self, pictures: Tensor) -> Tensor:
        return self.layers(pictures)


class ToySilhouette(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(32, CELLS * CELLS)

    def forward(self, points: Tensor) -> Tensor:
        return self.layer(points.flatten(1) / SIZE).view(-1, 1, CELLS, CELLS)


def toy_networks() -> tuple[ToyPose, ToySilhouette, nn.Module]:
    torch.manual_seed(1)
    prior = nn.Sequential(nn.Flatten(), nn.Linear(26, 1), nn.Softplus())
    return ToyPose(), ToySilhouette(), prior


def batch() -> Batch:
    chance = torch.Generator().manual_seed(2)
    return Batch(
        torch.randint(0, 256, (8, 3, CANVAS, CANVAS), generator=chance, dtype=torch.uint8),
        torch.rand(8, 16, 2, generator=chance) * CANVAS,
        torch.rand(8, 1, CELLS, CELLS, generator=chance),
        torch.randint(0, 2**31, (8,), generator=chance),
    )


def terms(seen: Batch, networks: tuple[ToyPose, ToySilhouette, nn.Module],
          gather: Gather | None = None) -> LossTerms:  # fmt: skip
    student, silhouette, prior = networks
    pictures, targets = source_view(seen)
    source = supervision_loss(student(pictures), targets)

    teacher_seeds, student_seeds = fork(seen.seeds, "teacher"), fork(seen.seeds, "student")
    teacher_views = draw_maps(RANGES, teacher_seeds, CANVAS, SIZE)
    with torch.no_grad():
        maps = student(show(seen.canvases, teacher_views, APPEARANCE, teacher_seeds))
        back = map_back(maps, teacher_views, GRID, COCO.mirror)
        labels = find_pseudo_labels(back.heatmaps, "sub_pixel")
    threshold = confidence_threshold(labels.confidence, 0.5, "keypoint", gather)
    weights = confidence_mask(labels.confidence, threshold)

    views = draw_maps(RANGES, student_seeds, CANVAS, SIZE)
    pictures = show(seen.canvases, views, APPEARANCE, student_seeds)
    places = map_keypoints(
        to_pixels(labels.cells, GRID), views.from_plain, views.is_mirrored, COCO.mirror
    )
    pictures = hide_keypoints(
        pictures, places, labels.confidence, OcclusionRule(0.5, 0.4, 4), student_seeds
    )
    found = map_back(student(pictures), views, GRID, COCO.mirror)
    points = COCO.infant(to_pixels(soft_argmax(found.heatmaps), GRID))
    return LossTerms(
        source,
        consistency_loss(found.heatmaps, rectify(labels, CELLS, 1.2), weights, found.valid),
        prior_loss(points, prior),
        visibility_loss(silhouette(points), SeenInfant(seen.infant), MaskBand()),
        source,
    )


def source_view(seen: Batch) -> tuple[Tensor, Targets]:
    seeds = fork(seen.seeds, "source")
    views: Views = draw_maps(RANGES, seeds, CANVAS, SIZE)
    places = map_keypoints(seen.places, views.maps, views.is_mirrored, COCO.infant_mirror)
    known = torch.ones_like(places[..., 0])
    targets = draw_targets(*COCO.labels(places, known), GRID, 1.2)
    return show(seen.canvases, views, APPEARANCE, seeds), targets


def gradients(networks: tuple[ToyPose, ToySilhouette, nn.Module], total: Tensor) -> list[Tensor]:
    return list(torch.autograd.grad(total, list(networks[0].parameters())))


def test_nothing_asks_for_a_value_within_a_step():
    """A tensor without data: whoever reads a number from it, or branches on it, fails."""
    with FakeTensorMode(allow_non_fake_inputs=True):
        networks = toy_networks()
        total = terms(batch(), networks).total(LossWeights())
        assert all(one.shape for one in gradients(networks, total))
        with pytest.raises(DataDependentOutputException):
            total.item()


def test_every_term_alone_moves_the_student():
    networks = toy_networks()
    found = terms(batch(), networks)
    for name in found.named():
        weights = LossWeights(**{term: float(term == name) for term in found.named()})
        moved = gradients(networks, terms(batch(), networks).total(weights))
        assert max(float(one.abs().max()) for one in moved) > 0, name


def test_bf16_autocast_stays_finite_and_near():
    networks = toy_networks()
    exact = terms(batch(), networks).named()
    with torch.autocast("cpu", torch.bfloat16):
        found = terms(batch(), networks)
    assert all(
        bool(torch.isfinite(one).all()) for one in gradients(networks, found.total(LossWeights()))
    )
    for name, value in found.named().items():
        assert value.dtype == torch.float32
        assert float(value) == pytest.approx(float(exact[name]), rel=0.1)


def test_two_halves_make_the_whole_batch():
    networks = toy_networks()
    whole = terms(batch(), networks)
    confidence: list[Tensor] = []

    def remember(values: Tensor) -> Tensor:
        confidence.append(values)
        return values

    for number in (0, 1):
        terms(batch().half(number), networks, remember)

    def everything(_: Tensor) -> Tensor:
        return torch.cat(confidence)

    halves = [terms(batch().half(number), networks, everything) for number in (0, 1)]
    for name, value in whole.named().items():
        parts = [float(half.named()[name]) for half in halves]
        assert sum(parts) / 2 == pytest.approx(float(value), rel=1e-5)
    expected = gradients(networks, whole.total(LossWeights()))
    found = [gradients(networks, half.total(LossWeights())) for half in halves]
    for one, first, second in zip(expected, *found, strict=True):
        assert torch.allclose((first + second) / 2, one, rtol=1e-4, atol=1e-7)
