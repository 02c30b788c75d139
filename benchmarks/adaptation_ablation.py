"""What the terms of adaptation bring: one run, scored on labelled pictures that it never saw.

    python -m benchmarks.adaptation_ablation --source NAME=ROOT --target NAME=ROOT --test NAME=ROOT
        [--base movenet_thunder] [--recipe recommended] [--set steps=120 mode=baseline seed=1]
        [--folder CACHE]

The target's labels are hidden. Scored is one look at each test picture, cut out about its labels:
the share of limb keypoints within 5 % of the side of the box about the keypoints, enlarged by half.
Prepared pictures stay in CACHE, so that many runs prepare them once.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch

from benchmarks.label_definitions import predictions
from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.models.model_folder import ModelFolder
from core.networks.load import PoseNetwork, load_pose_network
from core.pose.skeleton import shipped_skeleton
from core.prediction.predictor import build_predictor
from core.progress import Progress
from core.training.adapt_data import source_batches, target_batches
from core.training.adapt_recipe import AdaptRecipe
from core.training.adaptation import Adaptation
from core.training.data.canvas_set import CanvasSet, has_canvases, open_canvases
from core.training.data.canvas_writer import CanvasWriter, writing_canvases
from core.training.data.hidden_canvases import add_hidden, cut_found
from core.training.data.labelled_canvases import add_labelled
from core.training.data.pictures import open_pictures
from core.training.data_source import DataSource
from core.training.kept_memory import keep_freed_memory
from core.training.learner import AdaptationLearner
from core.training.loaded_judges import loaded_judges
from core.training.precision import AutocastNetwork, autocast_dtype
from core.training.recipe_file import load_recipe
from core.training.scale_out.engine import Engine

BASE, SHARE = "movenet_thunder", 0.05


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source")
    parser.add_argument("--target")
    parser.add_argument("--test", nargs="+", default=[])
    parser.add_argument("--base", default=BASE)
    parser.add_argument("--recipe", default="recommended")
    parser.add_argument("--set", nargs="*", default=[])
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    if not (args.source and args.target and args.test):
        print("adaptation_ablation: needs --source, --target and --test; left out.")
        return
    keep_freed_memory()
    recipe = load_recipe(AdaptRecipe, args.recipe, args.set)
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        source = labelled(args.source, folder)
        target = hidden(args.target, folder)
        tests = {text: labelled(text, folder) for text in args.test}
        base = ModelLibrary.standard().find(args.base)
        before, after = load_pose_network(base), adapted(recipe, source, target, base)
        for text, canvases in tests.items():
            print(f"{text}  {score(before, canvases):.1f} -> {score(after, canvases):.1f}")


def adapted(
    recipe: AdaptRecipe, source: CanvasSet, target: CanvasSet, base: ModelFolder
) -> PoseNetwork:
    """The network at the end of all steps."""
    dtype = autocast_dtype(recipe.precision, torch.device("cpu"))
    networks = tuple(
        AutocastNetwork(base.card, load_pose_network(base).module, dtype) for _ in range(2)
    )
    for network in networks:
        network.module.to(memory_format=torch.channels_last)
    student, teacher = networks
    adaptation = Adaptation(student, teacher, recipe, loaded_judges(recipe, "cpu"))
    batches = (
        source_batches(source, recipe.seed, "cpu"),
        target_batches(target, np.arange(len(target)), recipe.seed, "cpu"),
    )
    learner = AdaptationLearner(
        adaptation, (student, teacher), recipe, batches, Engine(dtype=dtype)
    )
    for step in range(recipe.steps):
        learner.step(step)
    final = teacher if recipe.final_network == "teacher" else student
    return PoseNetwork(base.card, final.module.eval())


def score(network: PoseNetwork, canvases: CanvasSet) -> float:
    """Per cent of limb keypoints that are right."""
    truth = np.array(canvases.xy)
    error = np.linalg.norm(predictions(canvases, network).xy - truth, axis=-1)
    extent = (np.nanmax(truth, axis=1) - np.nanmin(truth, axis=1)).max(axis=1)
    limbs = shipped_skeleton().limb_indices
    is_right = (error < SHARE * 1.5 * extent[:, None])[:, limbs]
    return 100 * float(is_right[np.isfinite(error[:, limbs])].mean())


def labelled(text: str, folder: Path) -> CanvasSet:
    pictures = open_pictures(DataSource.parse(text))
    return kept(folder, f"labelled {text}", lambda to: add_labelled(to, [pictures], "found"))


def hidden(text: str, folder: Path) -> CanvasSet:
    pictures = open_pictures(DataSource.parse(text))
    cut = cut_found(build_predictor(BASE, DEFAULT_SEGMENTATION_MODEL))
    return kept(folder, f"hidden {text}", lambda to: add_hidden(to, [pictures], cut))


def kept(
    folder: Path, name: str, prepare: Callable[[CanvasWriter], Generator[Progress]]
) -> CanvasSet:
    place = folder / name.replace("/", "_")
    if not has_canvases(place):
        with writing_canvases(place) as writer:
            list(prepare(writer))
    return open_canvases(place)


if __name__ == "__main__":
    main()
