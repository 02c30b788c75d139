"""Train a Kp2Seg from synthetic bodies to a model folder."""

from collections.abc import Generator

import numpy as np
import torch

from core.errors import BadInput
from core.models.model_folder import ModelFolder
from core.networks.kp2seg import Kp2Seg
from core.progress import Progress
from core.training.device import usable_device
from core.training.log.logged import logged
from core.training.loop.events import TrainingEvent
from core.training.loop.train import train
from core.training.priors.judge_model import Origin, write_judge
from core.training.priors.judge_task import JudgeTask
from core.training.priors.kp2seg_learner import Kp2SegLearner, overlap, plain_areas
from core.training.priors.kp2seg_recipe import Kp2SegRecipe
from core.training.priors.noisy_pool import seed_of
from core.training.priors.silhouettes import Silhouettes, read_silhouettes

_WEIGHTS, _HELD_OUT = 1, 2  # purposes of the recipe's seed
_FEWEST = 10
_PART = 64  # bodies looked at together


def train_kp2seg(
    task: JudgeTask, recipe: Kp2SegRecipe
) -> Generator[Progress | TrainingEvent, None, ModelFolder]:
    """Train, or go on from the folder's checkpoint; returns the model.

    Raises:
        BadInput: a source cannot be used, or the checkpoint is another training's.
        NoSpace: the disk is full; the last checkpoint stays good.
    """
    device = usable_device(task.device)
    bodies = yield from read_silhouettes(task.sources)
    kept, held_out = split_bodies(bodies, recipe)
    module = initial_kp2seg(recipe).to(device)
    learner = Kp2SegLearner(module, kept, recipe)
    plan = task.plan(recipe, recipe.steps, bodies.fingerprint)
    yield from logged(train(learner, plan), task.folder)
    module = module.cpu().eval()
    scores = {"iou": 100 * mean_overlap(module, held_out)}
    origin = Origin("kp2seg", "From keypoints to the full silhouette", task.sources, scores)
    return write_judge(task.model_folder, module, origin)


def split_bodies(bodies: Silhouettes, recipe: Kp2SegRecipe) -> tuple[Silhouettes, Silhouettes]:
    """Bodies to learn from, and some to measure on; raises BadInput."""
    if len(bodies) < _FEWEST:
        raise BadInput(f"--data: {len(bodies)} bodies are too few to learn from.")
    order = np.random.default_rng(seed_of(recipe.seed, _HELD_OUT)).permutation(len(bodies))
    count = max(round(recipe.held_out * len(bodies)), 1)
    return bodies.part(np.sort(order[count:])), bodies.part(np.sort(order[:count]))


def initial_kp2seg(recipe: Kp2SegRecipe) -> Kp2Seg:
    """Random weights by the recipe's seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed_of(recipe.seed, _WEIGHTS))
        return Kp2Seg()


@torch.inference_mode()
def mean_overlap(module: Kp2Seg, bodies: Silhouettes) -> float:
    """Mean intersection over union of predicted and full silhouettes, in the plain view."""
    found = []
    for start in range(0, len(bodies), _PART):
        views = plain_areas(bodies.part(np.arange(start, min(start + _PART, len(bodies)))))
        found.append(overlap(module(views.points), views))
    return float(torch.cat(found).mean())
