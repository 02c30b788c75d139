"""Train a pose prior from clean poses to a model folder with a calibrated plausibility."""

from collections.abc import Generator

import numpy as np
import torch
from torch import Tensor

from core.errors import BadInput
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder
from core.networks.load_judges import load_prior
from core.networks.pose_prior import AuthorsPosePrior, PosePrior
from core.progress import Progress
from core.training.device import usable_device
from core.training.log.logged import logged
from core.training.loop.events import TrainingEvent
from core.training.loop.train import train
from core.training.priors.bone_noise import pose_bones
from core.training.priors.judge_model import Origin, write_judge
from core.training.priors.judge_task import JudgeTask
from core.training.priors.noisy_pool import make_pool, seed_of
from core.training.priors.plausibility import (
    calibration,
    distances,
    disturbed_distances,
    roc_auc,
)
from core.training.priors.poses import Poses, read_poses
from core.training.priors.prior_learner import PriorLearner
from core.training.priors.prior_recipe import PriorRecipe

_WEIGHTS, _HELD_OUT, _NOISE = 1, 2, 3  # purposes of the recipe's seed
_FEWEST_HELD_OUT = 20  # poses; fewer say nothing about what is plausible


def train_prior(
    task: JudgeTask, recipe: PriorRecipe
) -> Generator[Progress | TrainingEvent, None, ModelFolder]:
    """Train, or go on from the folder's checkpoint; returns the model.

    Raises:
        BadInput: a source cannot be used, or the checkpoint is another training's.
        NoSpace: the disk is full; the last checkpoint stays good.
    """
    device = usable_device(task.device)
    poses = yield from read_poses(task.sources)
    kept, held_out = split_poses(poses, recipe)
    pool = yield from make_pool(_bones(kept), torch.from_numpy(kept.weights), recipe)
    module = initial_prior(recipe).to(device)
    learner = PriorLearner(module, pool, recipe)
    plan = task.plan(recipe, recipe.steps, poses.fingerprint)
    yield from logged(train(learner, plan), task.folder)
    module = module.cpu().eval()
    scores = calibrate(module, _bones(held_out), recipe.seed)
    origin = Origin(
        "pose_prior" if isinstance(module, PosePrior) else "pose_prior_authors",
        "Prior of infant poses in two dimensions",
        task.sources,
        scores,
        recipe.start_from,
    )
    return write_judge(task.model_folder, module, origin)


def split_poses(poses: Poses, recipe: PriorRecipe) -> tuple[Poses, Poses]:
    """Poses to learn from, and some whole groups to calibrate on; raises BadInput."""
    groups = np.unique(poses.groups)
    count = max(round(recipe.held_out * len(groups)), 1)
    chance = np.random.default_rng(seed_of(recipe.seed, _HELD_OUT))
    is_held_out = np.isin(poses.groups, chance.permutation(groups)[:count])
    kept, held_out = poses.chosen(~is_held_out), poses.chosen(is_held_out)
    if len(held_out) < _FEWEST_HELD_OUT or len(kept) < _FEWEST_HELD_OUT:
        raise BadInput(
            f"--data: {len(poses)} poses of {len(groups)} sources are too few to learn from and "
            "to calibrate on; add more data."
        )
    return kept, held_out


def initial_prior(recipe: PriorRecipe) -> AuthorsPosePrior:
    """Random weights by the recipe's seed, or those of the prior that is fine-tuned."""
    if recipe.start_from:
        found = load_prior(ModelLibrary.standard().find(recipe.start_from)).requires_grad_(True)
        if isinstance(found, PosePrior) == (recipe.form == "ours"):
            return found
        raise BadInput(f"{recipe.start_from}: not a prior of form {recipe.form!r}.")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed_of(recipe.seed, _WEIGHTS))
        return PosePrior() if recipe.form == "ours" else AuthorsPosePrior()


def calibrate(prior: AuthorsPosePrior, bones: Tensor, seed: int) -> dict[str, float]:
    """Fit the plausibility to held-out poses; returns the areas under the ROC curve in per cent."""
    clean = distances(prior, bones)
    disturbed = disturbed_distances(prior, bones, seed_of(seed, _NOISE))
    if isinstance(prior, PosePrior):
        fitted = calibration(clean, np.concatenate(list(disturbed.values())))
        prior.calibration.copy_(torch.tensor(fitted))
    return {f"auc_{degrees}": 100 * roc_auc(clean, one) for degrees, one in disturbed.items()}


def _bones(poses: Poses) -> Tensor:
    return pose_bones(torch.from_numpy(poses.xy))
