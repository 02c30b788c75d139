import numpy as np
import pytest
import torch

from core.errors import BadInput
from core.networks.load_judges import load_area
from core.training.data_source import DataSource
from core.training.loop.events import Saved
from core.training.priors.judge_task import JudgeTask
from core.training.priors.kp2seg_learner import (
    area_views,
    cross_entropy_loss,
    dice_loss,
    disturbed_points,
    overlap,
    plain_areas,
)
from core.training.priors.kp2seg_recipe import Kp2SegRecipe
from core.training.priors.silhouettes import CANVAS, Silhouettes
from core.training.priors.train_kp2seg import train_kp2seg
from core.training.views.view_maps import draw_maps
from core.training.views.view_ranges import ViewRanges
from tests.core.training.priors.trained import write_shard

RECIPE = Kp2SegRecipe(steps=20, batch=6, learning_rate=6e-3, view=ViewRanges(rotation=10.0))


def finish(work):
    try:
        while True:
            next(work)
    except StopIteration as finished:
        return finished.value


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_shard(tmp_path_factory.mktemp("data") / "capsules.tar", 40)


@pytest.fixture(scope="module")
def trained(data, tmp_path_factory):
    return finish(train_kp2seg(task(data, tmp_path_factory.mktemp("out") / "mine"), RECIPE))


def task(data, folder) -> JudgeTask:
    return JudgeTask([DataSource("synthetic", data)], folder)


def disc(x: float, y: float, radius: float) -> Silhouettes:
    """A body that is a disc on its canvas, all keypoints in its middle."""
    rows, columns = np.mgrid[:CANVAS, :CANVAS] + 0.5
    inside = (columns - x) ** 2 + (rows - y) ** 2 < radius**2
    xy = np.full((1, 16, 2), (x, y), np.float32)
    return Silhouettes(xy, (200 * inside[None]).astype(np.uint8))


def middle(area: torch.Tensor) -> list[float]:
    """Centre of mass of (1, 1, h, w), -1 to 1 from border to border."""
    steps = (torch.arange(area.shape[-1]) + 0.5) * 2 / area.shape[-1] - 1
    mass = area.sum()
    return [float((area * steps).sum() / mass), float((area * steps[:, None]).sum() / mass)]


@pytest.mark.parametrize("seed", range(4))
def test_keypoints_and_area_stay_together_in_every_view(seed):
    ranges = ViewRanges(rotation=60, shear=20, scale=(0.8, 1.2), mirror_probability=0.5)
    views = draw_maps(ranges, torch.tensor([seed]), CANVAS, 64)
    seen = area_views(disc(70, 50, 12), views)
    assert middle(seen.area) == pytest.approx(seen.points[0, 0].tolist(), abs=0.02)


def test_a_mirrored_view_swaps_the_names_of_sides():
    body = disc(60, 60, 10)
    body.xy[0, 0] = (80, 60)  # the left ankle
    views = draw_maps(ViewRanges(mirror_probability=1.0), torch.tensor([1]), CANVAS, 64)
    points = area_views(body, views).points[0]
    assert points[5, 0] < -0.3
    assert points[0, 0].abs() < 0.01


def test_jitter_and_missing_points_depend_on_the_sample_alone():
    recipe = Kp2SegRecipe(missing=0.5, jitter=0.05)
    points = torch.zeros(40, 16, 2)
    seeds = torch.arange(40)
    moved, known = disturbed_points(points, seeds, recipe)
    alone, alone_known = disturbed_points(points[3:4], seeds[3:4], recipe)
    assert torch.equal(moved[3:4], alone)
    assert torch.equal(known[3:4], alone_known)
    assert 0.02 < moved.std() < 0.1
    assert 0.6 < known.mean() < 0.9
    assert (known.mean(dim=1) == 1).float().mean() > 0.3


def test_losses_are_zero_for_the_truth_and_ignore_what_is_unknown():
    area = torch.zeros(2, 1, 8, 8)
    area[:, :, 2:6, 2:6] = 1
    is_known = torch.ones_like(area)
    right, wrong = 40 * (area - 0.5), 40 * (0.5 - area)
    assert cross_entropy_loss(right, area, is_known) < 1e-6
    assert dice_loss(right, area, is_known) < 1e-6
    assert dice_loss(wrong, area, is_known) > 0.9
    is_known[:, :, :4] = 0
    half_wrong = torch.where(is_known > 0, right, wrong)
    assert cross_entropy_loss(half_wrong, area, is_known) < 1e-6
    assert dice_loss(half_wrong, area, is_known) < 1e-6
    assert cross_entropy_loss(wrong, area, is_known).item() == pytest.approx(20, rel=0.01)


def test_it_leaves_a_log_and_curves(trained):
    folder = trained.path.parent
    last = (folder / "log.csv").read_text().splitlines()[-1]
    assert last.startswith(f"{RECIPE.steps},")
    assert (folder / "tensorboard").is_dir()


def test_it_learns_capsules_in_seconds(data, trained):
    assert trained.card.task == "kp2seg"
    assert trained.card.scores["iou"] > 60
    assert trained.weights_file.stat().st_size < 1e6


def test_the_loaded_area_follows_the_pose_with_a_gradient(trained):
    area = load_area(trained)
    points = torch.tensor(disc(60, 60, 1).xy) / 60 - 1
    points[0, :, 0] += torch.linspace(-0.3, 0.3, 16)
    points.requires_grad_()
    logits = area(points)
    logits.sum().backward()
    assert logits.shape == (1, 1, 64, 64)
    assert points.grad is not None
    assert (points.grad.abs().sum(-1) > 0).sum() >= 15  # the thorax is not drawn by strokes


def test_stopped_anywhere_and_resumed_it_ends_with_the_same_weights(data, trained, tmp_path):
    work = train_kp2seg(task(data, tmp_path / "mine"), RECIPE)
    for event in work:
        if isinstance(event, Saved) and event.step >= 9:
            break
    work.close()
    resumed = finish(train_kp2seg(task(data, tmp_path / "mine"), RECIPE))
    assert resumed.read_weights() == trained.read_weights()


def test_too_few_bodies_are_refused(tmp_path):
    shard = write_shard(tmp_path / "few.tar", 4)
    with pytest.raises(BadInput, match="4 bodies are too few"):
        finish(train_kp2seg(task(shard, tmp_path / "out"), RECIPE))


def test_the_overlap_is_intersection_over_union():
    views = plain_areas(disc(60, 60, 30))
    shifted = plain_areas(disc(66, 60, 30))
    assert overlap(views.area - 0.5, views).item() == pytest.approx(1.0)
    both = ((views.area > 0.5) & (shifted.area > 0.5)).sum()
    either = ((views.area > 0.5) | (shifted.area > 0.5)).sum()
    assert overlap(shifted.area - 0.5, views).item() == pytest.approx(float(both / either))
