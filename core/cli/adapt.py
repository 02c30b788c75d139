"""`shift-pose adapt`: adapt a pose model to recordings that nobody labelled."""

import argparse
import os
from contextlib import closing
from pathlib import Path

from core.cli import console
from core.cli.out_folder import require_writable
from core.cli.parsing import Subparsers, add_command
from core.cli.training_progress import finished
from core.errors import BadInput
from core.jobs.own_process import calm_threads
from core.models.library import DEFAULT_POSE_MODEL


def add_parser(commands: Subparsers) -> None:
    """Add the command."""
    summary = "adapt a model to recordings that nobody labelled"
    parser = add_command(commands, "adapt", run=run, summary=summary)
    parser.add_argument("recordings", nargs="+", type=Path, metavar="RECORDING")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="JOB", help="folder of the job and its model"
    )
    parser.add_argument(
        "--base", default=DEFAULT_POSE_MODEL, metavar="NAME|DIR", help="default: %(default)s"
    )
    parser.add_argument(
        "--source",
        type=Path,
        metavar="DIR",
        help="shards that 'synthesize' made; default: the embedded set",
    )
    parser.add_argument(
        "--recipe",
        default="recommended",
        metavar="NAME|FILE",
        help="quick, recommended, thorough, paper, or a TOML file (default: %(default)s)",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change a value of the recipe, such as steps=50 or weights.prior=0; may be repeated",
    )
    parser.add_argument("--device", default="cpu", help="cpu or cuda (default: %(default)s)")
    parser.add_argument("--resume", action="store_true", help="go on with the job in this folder")


def run(args: argparse.Namespace) -> int:
    """Adapt and say where the model is; returns the exit status."""
    require_writable(args.out)
    if args.out.exists() and not args.resume and any(args.out.iterdir()):
        raise BadInput(f"{args.out}: is not empty; add --resume, or choose a new folder.")
    os.environ.update(calm_threads())
    # Only here, so that a mistake on the command line does not wait for torch to load.
    from core.training.adapt_job import AdaptTask, adapt
    from core.training.adapt_recipe import AdaptRecipe
    from core.training.recipe_file import load_recipe

    recipe = load_recipe(AdaptRecipe, args.recipe, args.set)
    task = AdaptTask(tuple(args.recordings), args.out, recipe, args.base, args.source, args.device)
    with closing(adapt(task)) as work:
        model = finished(work, "adapt")
    console.say(f"{model.path}: ready; 'shift-pose predict --model {model.path}' uses it.")
    return 0
