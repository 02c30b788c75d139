"""Train the shipped pose network `infant_pose` on labelled pictures, from MoveNet Thunder.

    python -m benchmarks.infant_model DATA --synthetic SHARDS --out FOLDER [--steps 1600]
        [--seed 0] [--split-for-trials] [--open] [--teacher MODEL]

DATA holds `syrip_train200` (of which its split `train` is used) and `lspet_1200`; SHARDS is made
by `shift-pose synthesize infants --count 4000 --seed 9012 --no-depth --no-full --out SHARDS`.
FOLDER gets the model's folder `model`, and `checkpoint.pt`, from which the same command goes on.
With --split-for-trials a third of the photographs, whole groups, is left out and scored instead.
With --teacher the pictures of `infant_masks` are learnt from too (each third is left for
measuring): their labels are what eight looks of that model, made by this command before, agree on.
With --open the synthetic infants alone teach, so that the weights are free of any data set's terms.
"""

import argparse
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grad_norm_

from benchmarks.infant_pictures import canvases, parted, taught, without
from benchmarks.resumable_steps import steps_left
from core.models.heatmap_grid import HeatmapGrid
from core.models.library import ModelLibrary
from core.models.model_folder import write_model_folder
from core.models.trust import Trust
from core.networks.architectures import build_module
from core.networks.load import PoseNetwork, load_pose_network
from core.pose.skeleton import shipped_skeleton
from core.prediction.consensus import agreed_look
from core.prediction.crop import Crop
from core.prediction.looker import Looker
from core.training.adapt_recipe import AdaptRecipe
from core.training.batch import Batch, BatchSource
from core.training.data.canvas import CANVAS, ROOM
from core.training.data.canvas_set import CanvasSet
from core.training.data_source import COCO, SYNTHETIC, DataSource
from core.training.frozen_layers import freeze_first
from core.training.kept_memory import keep_freed_memory
from core.training.loop.order import Order
from core.training.objectives.gaussian_targets import Targets, draw_targets, target_sigma
from core.training.objectives.mean_teacher import MeanTeacher
from core.training.objectives.network_points import NetworkPoints
from core.training.precision import AutocastNetwork
from core.training.recipe_file import load_recipe
from core.training.views.hashed_draws import fork
from core.training.views.occlusion import hide_keypoints
from core.training.views.view_maps import draw_maps, map_keypoints, swap_sides
from core.training.views.view_pictures import Appearance, show
from core.training.written_weights import half_weights

BASE, NAME = "movenet_thunder", "infant_pose"
BATCH = 12
# Of each batch: photographs of infants, of adults, synthetic infants, pictures that a model labels.
SHARES = {False: (5, 1, 6, 0), True: (5, 1, 4, 2)}  # with a teacher or without
CHANGES = ("mode=source", "learning_rate=1e-4", "decay=0.998", "occlusion.half_side=18")
SAVE_EVERY = 200
# Annotators of adults put them elsewhere than those of infants, or the set does not have them.
ELSEWHERE = ("left_hip", "right_hip", "pelvis", "thorax", "neck")
HEAD_BEGINS_AS = {
    "pelvis": ("left_hip", "right_hip"),
    "neck": ("left_shoulder", "right_shoulder"),
    "thorax": ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
    "head": ("left_ear", "right_ear", "nose"),
}
# What the confidence means: `python -m benchmarks.confidence DATA --left-out`, over two networks
# that were trained with --split-for-trials (seeds 0 and 1), as this one has learnt from all.
ONE_LOOK, EIGHT_LOOKS = Trust(offset=-1.905, slope=6.596), Trust(offset=-1.811, slope=8.093)
SEEN = 0.5  # a keypoint counts as seen where it is more likely right than wrong
LEARNT = (
    "Adults: COCO and Google's own Active data set, as published with MoveNet. Then, with labels: "
    "4,000 synthetic infants, 150 photographs of SyRIP, 1,200 of Leeds Sports Pose Extended; and "
    "100 generated pictures of infants whose labels were the network's own."
)
LICENCE = (
    "non-commercial research use, as SyRIP and Leeds Sports Pose Extended; begun from MoveNet "
    "Thunder, Apache-2.0 (Google)"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--split-for-trials", action="store_true")
    parser.add_argument("--open", action="store_true")
    parser.add_argument("--teacher")
    args = parser.parse_args()
    if args.data and args.synthetic and args.out:
        make(args)
    else:
        print("infant_model: needs DATA, --synthetic and --out; left out.")


def make(args: argparse.Namespace) -> None:
    """Train, write the model, and score it if something was left out for that."""
    keep_freed_memory()
    infants = canvases(DataSource(COCO, args.data / "syrip_train200", "train"))
    learnt, trial = parted(infants) if args.split_for_trials else (infants, None)
    rendered = canvases(DataSource(SYNTHETIC, args.synthetic))
    sets = [learnt, without(canvases(DataSource(COCO, args.data / "lspet_1200")), ELSEWHERE)]
    sets.append(rendered)
    if args.teacher:
        sets.append(taught(args.data / "infant_masks" / "images", args.teacher))
    shared = dict(zip(sets, SHARES[bool(args.teacher)], strict=False))
    recipe = load_recipe(
        AdaptRecipe, "recommended", [*CHANGES, f"steps={args.steps}", f"seed={args.seed}"]
    )
    training = Training(recipe, {rendered: BATCH} if args.open else shared)
    training.run(args.out / "checkpoint.pt")
    write(args.out / "model", training.averaged)
    if trial is not None:
        print(f"photographs that were left out: {score(training.averaged, trial):.1f}")


def with_16_outputs(base: PoseNetwork) -> PoseNetwork:
    """A new copy that gives our 16 keypoints; axial ones begin as the mean of their neighbours."""
    theirs = shipped_skeleton(base.card.skeleton).keypoints
    state = {name: value.clone() for name, value in base.module.state_dict().items()}
    for part in ("head.logits.weight", "head.logits.bias"):
        rows = [
            state[part][[theirs.index(one) for one in HEAD_BEGINS_AS.get(name, (name,))]].mean(0)
            for name in shipped_skeleton().keypoints
        ]
        state[part] = torch.stack(rows)
    module = build_module(base.card.architecture, "infant16")
    module.load_state_dict(state)
    card = base.card.model_copy(update={"skeleton": "infant16"})
    return PoseNetwork(card, module.to(memory_format=torch.channels_last).train())


def excess_entropy(heatmaps: Tensor, targets: Targets) -> Tensor:
    """Cross-entropy of maps in [0, 1] against soft targets, less that of a perfect map; a number.

    Its gradient in the logits is p - t: a map that is sure and wrong is still put right, where
    squared errors behind a sigmoid have none left.
    """
    p, t = heatmaps.clamp(1e-6, 1 - 1e-6), targets.heatmaps.clamp(1e-6, 1 - 1e-6)
    divergence = t * (t / p).log() + (1 - t) * ((1 - t) / (1 - p)).log()
    return 0.1 * (targets.weights * divergence.mean(dim=(2, 3))).mean()


@dataclass(frozen=True)
class Batches:
    """A fixed number of pictures of each set in every step."""

    sources: tuple[BatchSource, ...]
    shares: tuple[int, ...]

    @staticmethod
    def of(sets: Mapping[CanvasSet, int], seed: int) -> "Batches":
        device = torch.device("cpu")
        orders = [Order(1000 * seed + number, len(one)) for number, one in enumerate(sets)]
        pairs = zip(sets, orders, strict=True)
        sources = tuple(BatchSource(one, order, device) for one, order in pairs)
        return Batches(sources, tuple(sets.values()))

    def of_step(self, step: int) -> Batch:
        pairs = zip(self.sources, self.shares, strict=True)
        parts = [one.batch(step, size) for one, size in pairs]
        names = ("pictures", "xy", "infant", "seeds")
        return Batch(*(torch.cat([getattr(part, name) for part in parts]) for name in names))


class Training:
    """A student, and the moving average of its weights, which becomes the model."""

    def __init__(
        self,
        recipe: AdaptRecipe,
        sets: Mapping[CanvasSet, int],
        change: Callable[[nn.Module], object] = lambda module: None,
    ) -> None:
        """`change` may alter the weights with which both begin."""
        base = load_pose_network(ModelLibrary.standard().find(BASE))
        self._recipe, self._batches = recipe, Batches.of(sets, recipe.seed)
        first, self.averaged = with_16_outputs(base), with_16_outputs(base)
        change(first.module)
        self.averaged.module.load_state_dict(first.module.state_dict())
        self._student = AutocastNetwork(first.card, first.module, torch.bfloat16)
        freeze_first(first.module, recipe.frozen)
        self._average = MeanTeacher(self.averaged.module, first.module, "own")
        self._free = [one for one in first.module.parameters() if one.requires_grad]
        self._optimiser = torch.optim.AdamW(
            self._free, lr=recipe.learning_rate, weight_decay=0.0, fused=True
        )
        self._points = NetworkPoints.of(shipped_skeleton())
        self._grid, self._sigma = HeatmapGrid.of(first.card), target_sigma(first.card.architecture)

    def run(self, checkpoint: Path) -> None:
        parts = (self._student.module, self.averaged.module, self._optimiser)
        for step in steps_left(checkpoint, parts, self._recipe.steps, SAVE_EVERY):
            self._step(step)

    def _step(self, step: int) -> None:
        loss = self._loss(self._batches.of_step(step))
        self._optimiser.zero_grad()
        loss.backward()
        clip_grad_norm_(self._free, self._recipe.clip_norm)
        for group in self._optimiser.param_groups:
            group["lr"] = self._recipe.rate(step)
        self._optimiser.step()
        self._average.follow(min(self._recipe.decay, (1 + step) / (10 + step)))

    def _loss(self, batch: Batch) -> Tensor:
        recipe, mirror = self._recipe, self._points.infant_mirror
        views = draw_maps(recipe.source_view, fork(batch.seeds, "source"), CANVAS, 256)
        look = Appearance(recipe.source_colours)
        pictures = show(batch.pictures, views, look, fork(batch.seeds, "source"))
        places = map_keypoints(torch.nan_to_num(batch.xy), views.maps, views.is_mirrored, mirror)
        weights = swap_sides(batch.labelled, views.is_mirrored, mirror)
        seeds = fork(batch.seeds, "hide")
        pictures = hide_keypoints(pictures, places, weights, recipe.occlusion, seeds)
        heatmaps = self._student.heatmaps(pictures).float()
        return excess_entropy(heatmaps, draw_targets(places, weights, self._grid, self._sigma))


def write(folder: Path, network: PoseNetwork) -> None:
    card = network.card.model_copy(
        update={
            "name": NAME,
            "title": "SHIFT infant pose",
            "training_data": LEARNT,
            "licence": LICENCE,
            "source": "benchmarks/infant_model.py; see docs/model-card.md",
            "parent": BASE,
            "one_look": ONE_LOOK,
            "eight_looks": EIGHT_LOOKS,
            "threshold": SEEN,
        }
    )
    write_model_folder(folder, card, half_weights(network.module))


def score(network: PoseNetwork, pictures: CanvasSet) -> float:
    """Eight looks; per cent of limb keypoints within 5 % of the square about them, times 1.25."""
    looker, truth = Looker(PoseNetwork(network.card, network.module.eval()), 8), pictures.xy
    square = Crop((CANVAS / 2, CANVAS / 2), CANVAS / ROOM)
    looks = [(image, looker.look_at_one(image, [square])[0]) for image in pictures.images]
    found = [agreed_look(image, look, looker).body.xy for image, look in looks]
    error = np.linalg.norm(np.stack(found) - truth, axis=-1)
    extent = (np.nanmax(truth, axis=1) - np.nanmin(truth, axis=1)).max(axis=1)
    limbs = shipped_skeleton().limb_indices
    is_right = (error < 0.05 * 1.25 * extent[:, None])[:, limbs]
    return 100 * float(is_right[np.isfinite(error[:, limbs])].mean())


if __name__ == "__main__":
    main()
