"""How well priors tell real poses of infants from poses whose bones were turned at random.

    python -m benchmarks.prior_separation DATA [--synthetic SHARDS] [--steps N] [--save DIR]

DATA holds `syrip_train200` and `infant_poses`. Three priors are trained: the authors' construction
on the real photographs, ours on the same, and ours on everything (with the synthetic infants of
SHARDS, if given). None of them sees the photographs marked `measure` nor MINI-RGBD's sequences 09
and 10, on which all are measured: the area under the ROC curve in per cent, for normal noise of
15, 30 and 60 degrees on every bone (the shoulders turn as one line). Calibration is checked there
too: `real` is the mean plausibility of real poses, `noise` that of disturbed ones.
"""

import argparse
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from core.networks.pose_prior import AuthorsPosePrior, PosePrior
from core.training.data_source import DataSource
from core.training.priors.bone_noise import pose_bones
from core.training.priors.judge_model import Origin, write_judge
from core.training.priors.noisy_pool import make_pool
from core.training.priors.plausibility import distances, disturbed_distances, roc_auc
from core.training.priors.poses import Poses, read_poses
from core.training.priors.prior_learner import PriorLearner
from core.training.priors.prior_recipe import PriorRecipe
from core.training.priors.train_prior import calibrate, initial_prior, split_poses
from core.training.recipe_file import load_recipe

HELD_OUT = ("seq09", "seq10")
SEED = 2026  # of the noise that is measured with


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--synthetic", type=Path, nargs="*", default=[])
    parser.add_argument("--steps", type=int, help="of each prior; default: as recommended")
    parser.add_argument("--save", type=Path, metavar="DIR", help="keep ours as a model folder")
    args = parser.parse_args()
    if args.data is None:
        print("prior_separation: needs the data's folder (see its first lines); left out.")
        return
    photographs = DataSource("coco", args.data / "syrip_train200", "train")
    real = read(photographs)
    films = args.data / "infant_poses" / "minirgbd_seq01_10.npz"
    others = [
        DataSource("poses", args.data / "infant_poses" / "syrip_synthetic_1000.npz"),
        *(DataSource("poses", films, f"seq{number:02}") for number in range(1, 9)),
        *(DataSource("synthetic", path) for path in args.synthetic),
    ]
    everything = Poses.joined([real, read(*others)])
    measured = {
        "photographs": bones(read(DataSource("coco", args.data / "syrip_train200", "measure"))),
        "MINI-RGBD": bones(read(*(DataSource("poses", films, name) for name in HELD_OUT))),
    }
    ours = load_recipe(PriorRecipe, "recommended")
    steps = args.steps or ours.steps
    ours = ours.model_copy(update={"steps": steps})
    theirs = load_recipe(PriorRecipe, "paper", [f"steps={steps}", "batch=384"])
    print(f"{len(real)} photographs, {len(everything)} poses in all; AUC at 15, 30, 60 degrees")
    report("authors', photographs", trained(real, theirs), measured)
    report("ours, photographs", trained(real, ours), measured)
    prior = trained(everything, ours)
    report("ours, everything", prior, measured)
    if args.save:
        sources = [photographs, *others]
        origin = Origin("pose_prior", "Prior of infant poses in two dimensions", sources, {})
        print(write_judge(args.save, prior, origin).path)


def read(*sources: DataSource) -> Poses:
    return finished(read_poses(sources))


def bones(poses: Poses) -> Tensor:
    return pose_bones(torch.from_numpy(poses.xy))


def trained(poses: Poses, recipe: PriorRecipe) -> AuthorsPosePrior:
    """As `train prior` does it, without files."""
    start = time.perf_counter()
    kept, held_out = split_poses(poses, recipe)
    pool = finished(make_pool(bones(kept), torch.from_numpy(kept.weights), recipe))
    prior = initial_prior(recipe)
    learner = PriorLearner(prior, pool, recipe)
    for step in range(recipe.steps):
        learner.step(step)
    calibrate(prior.eval(), bones(held_out), recipe.seed)
    print(f"  {recipe.steps} steps in {time.perf_counter() - start:.0f} s", flush=True)
    return prior


def report(name: str, prior: AuthorsPosePrior, measured: dict[str, Tensor]) -> None:
    for place, poses in measured.items():
        clean = distances(prior, poses)
        noisy = disturbed_distances(prior, poses, SEED)
        areas = "  ".join(f"{100 * roc_auc(clean, one):5.1f}" for one in noisy.values())
        likely = ""
        if isinstance(prior, PosePrior):
            a, b = prior.calibration.tolist()
            means = [float(np.mean(1 / (1 + np.exp(b * d - a)))) for d in (clean, *noisy.values())]
            likely = f"   real {means[0]:.2f}  noise " + " ".join(f"{m:.2f}" for m in means[1:])
        print(f"{name:24} {place:12} ({len(poses):4})  {areas}{likely}", flush=True)


def finished(work: Generator[Any, None, Any]) -> Any:
    try:
        while True:
            next(work)
    except StopIteration as end:
        return end.value


if __name__ == "__main__":
    main()
