"""A tiny pose network and painted canvases, so that whole trainings take seconds."""

import numpy as np
import torch
from torch import Tensor, nn

from core.models.card import UNKNOWN_HASH, ModelCard
from core.networks.load import PoseNetwork
from core.training.adapt_recipe import AdaptRecipe, Weights
from core.training.adaptation import Adaptation, Judges
from core.training.batch import BatchSource
from core.training.data.canvas import CANVAS
from core.training.data.canvas_set import CanvasSet
from core.training.learner import AdaptationLearner
from core.training.loop.order import Order
from core.training.precision import AutocastNetwork
from core.training.scale_out.engine import Engine
from core.training.views.view_ranges import ViewRanges

CARD = ModelCard(
    name="toy",
    title="toy",
    architecture="pose_resnet18",
    skeleton="infant16",
    input_size=64,
    heatmap_size=16,
    mean=(0.5, 0.5, 0.5),
    std=(0.5, 0.5, 0.5),
    threshold=0.3,
    training_data="none",
    licence="none",
    weights_sha256=UNKNOWN_HASH,
    created="2026-01-01",
)
VIEW = ViewRanges(rotation=20.0, scale=(0.9, 1.1), translation=0.05, mirror_probability=0.5)


class ToyNetwork(nn.Module):
    """(B, 3, 64, 64) -> (B, 16, 16, 16)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 12, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.Conv2d(12, 16, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.Conv2d(16, 16, 3, padding=1),
        )

    def forward(self, images: Tensor) -> Tensor:
        return self.layers(images)


def network(seed: int) -> PoseNetwork:
    torch.manual_seed(seed)
    return PoseNetwork(CARD, ToyNetwork())


def canvases(count: int, seed: int) -> CanvasSet:
    """Canvases with a bright disc at each keypoint, and a mask that holds them all."""
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 60, (count, CANVAS, CANVAS, 3), np.uint8)
    xy = rng.uniform(0.3 * CANVAS, 0.7 * CANVAS, (count, 16, 2)).astype(np.float32)
    for image, points in zip(images, xy, strict=True):
        for number, (x, y) in enumerate(points.astype(int)):
            image[y - 6 : y + 7, x - 6 : x + 7] = (80 + 10 * number, 255 - 12 * number, 200)
    infant = np.zeros((count, CANVAS, CANVAS), np.uint8)
    infant[:, 80:240, 80:240] = 200
    names = tuple(f"{seed}-{number}" for number in range(count))
    return CanvasSet(images, xy, infant, names, names)


def unlabelled(found: CanvasSet) -> CanvasSet:
    return CanvasSet(
        found.images, np.full_like(found.xy, np.nan), found.infant, found.names, found.groups
    )


def recipe(**changes: object) -> AdaptRecipe:
    table = {
        "steps": 12,
        "batch": 4,
        "learning_rate": 3e-3,
        "weights": Weights(prior=0, visibility=0).model_dump(),
        "source_view": VIEW,
        "student_view": VIEW,
        "teacher_view": ViewRanges(rotation=5.0),
        "save_every": 3,
        "log_every": 4,
    }
    return AdaptRecipe.model_validate({**table, **changes})


def learner(
    settings: AdaptRecipe,
    judges: Judges | None = None,
    engine: Engine | None = None,
    device: str = "cpu",
) -> AdaptationLearner:
    """A student that starts as its teacher, on eight labelled and six un-labelled canvases."""
    engine, place = engine or Engine(), torch.device(device)
    processes = engine.processes
    student, teacher = (PoseNetwork(CARD, network(1).module.to(place)) for _ in range(2))
    student = AutocastNetwork(CARD, student.module, engine.dtype)
    adaptation = Adaptation(student, teacher, settings, judges or Judges(), processes.gather)
    source, target = canvases(8, seed=3), unlabelled(canvases(6, seed=4))
    batches = (
        BatchSource(source, Order(1, len(source)), place, processes),
        BatchSource(target, Order(2, len(target)), place, processes),
    )
    return AdaptationLearner(adaptation, (student, teacher), settings, batches, engine)
