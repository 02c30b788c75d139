"""A network as weak as SHIFT begins from: it has seen labels of synthetic adults only.

    python -m benchmarks.weak_start ADULTS --out FOLDER [--test INFANTS] [--steps 1500] [--seed 0]

ADULTS is made by `shift-pose synthesize adults --count 2000 --seed 9100 --no-depth --no-full --out
ADULTS`. As in the paper the trunk comes from elsewhere (here MoveNet's, there ImageNet's) and all
behind it is fresh. FOLDER gets the model's folder `model`, for `benchmarks.adaptation_ablation
--base`, and `checkpoint.pt`, from which the same command goes on. INFANTS are scored.
"""

import argparse
import os
from functools import partial
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
from torch import nn

from benchmarks.adaptation_ablation import score
from benchmarks.infant_model import BATCH, CHANGES, Training
from benchmarks.infant_pictures import canvases
from core.models.model_folder import write_model_folder
from core.networks.load import PoseNetwork
from core.training.adapt_recipe import AdaptRecipe
from core.training.data_source import SYNTHETIC, DataSource
from core.training.kept_memory import keep_freed_memory
from core.training.recipe_file import load_recipe
from core.training.written_weights import half_weights

_FRESH = ("widen", "top", "levels", "head")  # all that is behind the trunk
_RARE = -4.0  # logits of a fresh map, nearly all of which shows no keypoint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("adults", type=Path, nargs="?")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if not (args.adults and args.out):
        print("weak_start: needs ADULTS and --out; left out.")
        return
    keep_freed_memory()
    changes = [*CHANGES, "learning_rate=1e-3", "decay=0.99", "frozen=0"]
    recipe = load_recipe(
        AdaptRecipe, "recommended", [*changes, f"steps={args.steps}", f"seed={args.seed}"]
    )
    adults = canvases(DataSource(SYNTHETIC, args.adults))
    training = Training(recipe, {adults: BATCH}, partial(renew, seed=args.seed))
    training.run(args.out / "checkpoint.pt")
    write(args.out / "model", training.averaged)
    if args.test:
        infants = canvases(DataSource(SYNTHETIC, args.test))
        print(f"infants: {score(training.averaged, infants):.1f}")


def renew(module: nn.Module, seed: int) -> None:
    """Draw the weights of everything behind the trunk anew."""
    drawn = torch.Generator().manual_seed(seed)
    for name, parameter in module.named_parameters():
        if name.split(".")[0] in _FRESH:
            _draw(name, parameter, drawn)


@torch.no_grad()
def _draw(name: str, parameter: nn.Parameter, drawn: torch.Generator) -> None:
    if name == "head.logits.bias":
        parameter.fill_(_RARE)
    elif name == "head.logits.weight":
        parameter.normal_(std=0.01, generator=drawn)
    elif parameter.dim() == 1:
        parameter.zero_()
    else:
        nn.init.kaiming_normal_(parameter, nonlinearity="relu", generator=drawn)


def write(folder: Path, network: PoseNetwork) -> None:
    """Nothing is said of its confidence, which nobody has calibrated."""
    card = network.card.model_copy(
        update={
            "name": "weak_start",
            "title": "A weak start for ablations",
            "training_data": "A trunk of MoveNet Thunder's, and synthetic adults.",
            "source": "benchmarks/weak_start.py",
            "parent": "movenet_thunder",
            "one_look": None,
            "eight_looks": None,
        }
    )
    write_model_folder(folder, card, half_weights(network.module.eval()))


if __name__ == "__main__":
    main()
