"""`shift-pose adapt`: adapt a pose model to recordings that nobody labelled."""

import argparse
import os
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli import console
from core.cli.adapt_folder import WAITS, go_on, ordered_job
from core.cli.out_folder import require_writable
from core.cli.parsing import Subparsers, add_command
from core.cli.training_progress import finished
from core.errors import BadInput
from core.jobs.device_turn import DeviceTurn
from core.jobs.own_process import calm_threads
from core.models.library import DEFAULT_POSE_MODEL
from core.models.model_folder import ModelFolder
from core.paths import user_folder
from core.progress import Progress

if TYPE_CHECKING:
    from core.training.adapt_job import AdaptTask


def add_parser(commands: Subparsers) -> None:
    """Add the command."""
    summary = "adapt a model to recordings or pictures that nobody labelled"
    parser = add_command(commands, "adapt", run=run, summary=summary)
    parser.add_argument(
        "recordings",
        nargs="*",
        type=Path,
        metavar="RECORDING",
        help="or STUDY.shift: its recordings, and the points corrected there as labels",
    )
    parser.add_argument(
        "--recording",
        action="append",
        default=[],
        metavar="NAME",
        help="of a study take only this one; may be repeated",
    )
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="NAME=ROOT",
        help="a data set to adapt to, NAME:SPLIT=ROOT for one split; its labels are not looked at, "
        "except with --set mode=oracle; may be repeated, beside recordings or without",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="JOB", help="folder of the job and its model"
    )
    parser.add_argument(
        "--base", default=DEFAULT_POSE_MODEL, metavar="NAME|DIR", help="default: %(default)s"
    )
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="DIR|NAME=ROOT",
        help="shards that 'synthesize' made, or a labelled data set as for --target; may be "
        "repeated; default: the embedded synthetic people",
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
    parser.add_argument(
        "--device", default="auto", help="auto, cpu, cuda or cuda:N (default: %(default)s)"
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with the job in this folder; "
        "one that was ordered in the window needs no recording named",
    )


def run(args: argparse.Namespace) -> int:
    """Adapt and say where the model is; returns the exit status."""
    if not (args.recordings or args.target):
        job = ordered_job(args.out) if args.resume else None
        if job is not None:
            require_writable(args.out)
            os.environ.update(calm_threads())
            return go_on(job)
        raise BadInput("name a recording, or a data set with --target NAME=ROOT.")
    require_writable(args.out)
    is_first = os.environ.get("RANK", "0") == "0"  # of the processes that torchrun started
    if is_first and args.out.exists() and not args.resume and any(args.out.iterdir()):
        raise BadInput(f"{args.out}: is not empty; add --resume, or choose a new folder.")
    os.environ.update(calm_threads())
    # Only here, so that a mistake on the command line does not wait for torch to load.
    from core.training.adapt_job import AdaptTask
    from core.training.adapt_recipe import AdaptRecipe
    from core.training.data.study_footage import FoundFootage, find_footage
    from core.training.data_source import DataSource
    from core.training.recipe_file import load_recipe
    from core.training.scale_out.launch import Launch

    recipe = load_recipe(AdaptRecipe, args.recipe, args.set)
    named = args.recordings or args.recording
    found = find_footage(args.recordings, args.recording) if named else FoundFootage(())
    for sentence in found.left_out:
        console.problem(sentence)
    task = AdaptTask(
        recordings=found.footage,
        job=args.out,
        recipe=recipe,
        base=args.base,
        sources=tuple(DataSource.parse_or_shards(text, "--source") for text in args.source),
        targets=tuple(DataSource.parse(text, "--target") for text in args.target),
        device=args.device,
        launch=Launch.of(os.environ),
    )
    model = _adapted(task)
    if is_first:
        console.say(f"{model.path}: ready; 'shift-pose predict --model {model.path}' uses it.")
    return 0


def _adapted(task: "AdaptTask") -> ModelFolder:
    """Adapt when no other adaptation has the device; of torchrun's processes, at once."""
    from core.training.adapt_job import adapt
    from core.training.device import usable_device

    with DeviceTurn(user_folder(), str(usable_device(task.device))) as turn:
        if task.launch.count == 1:
            console.with_progress(_wait(turn), "adapt")
        with closing(adapt(task)) as work:
            return finished(work, "adapt")


def _wait(turn: DeviceTurn) -> Generator[Progress]:
    for number, progress in enumerate(turn.wait()):
        if number == 0:
            console.problem(WAITS)
        yield progress
