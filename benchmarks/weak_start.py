"""A network as weak as SHIFT begins from: it has seen labels of synthetic adults only.

    python -m benchmarks.weak_start ADULTS --out FOLDER [--steps 1500] [--seed 0]

ADULTS is made by `shift-pose synthesize adults --count 2000 --seed 9100 --no-depth --no-full --out
ADULTS`. As in the paper the trunk comes from elsewhere (here MoveNet's, there ImageNet's) and all
behind it is fresh. FOLDER gets `start`, and what `shift-pose train source` makes of it: `model`,
for `benchmarks.adaptation_ablation --base`, and a checkpoint, from which the same command goes on.
"""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
from torch import nn

from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder, is_model_folder, open_model, write_model_folder
from core.networks.load import load_pose_network
from core.training.data_source import SYNTHETIC, DataSource
from core.training.loop.events import StepsDone
from core.training.priors.judge_task import JudgeTask
from core.training.recipe_file import load_recipe
from core.training.source.infant_outputs import with_infant_outputs
from core.training.source.source_recipe import SourceRecipe
from core.training.source.train_source import train_source
from core.training.written_weights import half_weights

_CHANGES = ("sources=[]", "learning_rate=1e-3", "decay=0.99", "frozen=0")
_FRESH = ("widen", "top", "levels", "head")  # all that is behind the trunk
_RARE = -4.0  # logits of a fresh map, nearly all of which shows no keypoint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("adults", type=Path, nargs="?")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if not (args.adults and args.out):
        print("weak_start: needs ADULTS and --out; left out.")
        return
    start = args.out / "start"
    base = open_model(start) if is_model_folder(start) else written(start, args.seed)
    changes = [*_CHANGES, f"steps={args.steps}", f"seed={args.seed}"]
    task = JudgeTask([DataSource(SYNTHETIC, args.adults)], args.out)
    recipe = load_recipe(SourceRecipe, "infants", changes)
    for event in train_source(task, recipe, str(base.path)):
        if isinstance(event, StepsDone):
            print(f"{event.step} of {args.steps}", flush=True)


def written(folder: Path, seed: int) -> ModelFolder:
    """What the training begins with; nothing is said of its confidence, which nobody calibrated."""
    network = with_infant_outputs(
        load_pose_network(ModelLibrary.standard().find("movenet_thunder"))
    )
    renew(network.module, seed)
    card = network.card.model_copy(
        update={
            "name": "weak_start",
            "title": "A weak start for ablations",
            "training_data": "A trunk of MoveNet Thunder's; all else is drawn by chance.",
            "source": "benchmarks/weak_start.py",
            "parent": "movenet_thunder",
            "one_look": None,
            "eight_looks": None,
            "created": datetime.now(UTC).date().isoformat(),
        }
    )
    return write_model_folder(folder, card, half_weights(network.module))


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


if __name__ == "__main__":
    main()
