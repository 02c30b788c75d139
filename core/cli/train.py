"""`shift-pose train`: train the networks that adaptation builds on."""

import argparse
import os
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.cli import console
from core.cli.out_folder import require_writable
from core.cli.parsing import OneLineParser, Subparsers, add_command
from core.cli.training_progress import finished
from core.jobs.own_process import calm_threads
from core.progress import Progress

if TYPE_CHECKING:
    from core.models.model_folder import ModelFolder
    from core.training.loop.events import TrainingEvent
    from core.training.priors.judge_task import JudgeTask

    Work = Generator[Progress | TrainingEvent, None, ModelFolder]


@dataclass(frozen=True)
class Subject:
    """One thing that can be trained; `start` loads torch, and raises BadInput."""

    summary: str
    start: "Callable[[argparse.Namespace], Work]"


def add_parser(commands: Subparsers) -> None:
    """Add the command and what it can train."""
    summary = "train a pose prior or a network from keypoints to silhouettes"
    actions = commands.add_parser(
        "train", help=summary, description=summary, allow_abbrev=False
    ).add_subparsers(metavar="WHAT", required=True, parser_class=OneLineParser)
    for name, subject in SUBJECTS.items():
        _add_options(add_command(actions, name, run=run, summary=subject.summary), name)


def run(args: argparse.Namespace) -> int:
    """Train, and say where the model is; returns the exit status."""
    require_writable(args.out)
    os.environ.update(calm_threads())
    with closing(SUBJECTS[args.subject].start(args)) as work:
        model = finished(work, args.subject)
    scores = ", ".join(f"{name} {score:.1f}" for name, score in model.card.scores.items())
    console.say(f"{model.path}: ready ({scores}).")
    return 0


def _add_options(parser: OneLineParser, name: str) -> None:
    parser.set_defaults(subject=name)
    parser.add_argument(
        "--data",
        nargs="+",
        action="extend",
        required=True,
        metavar="NAME=ROOT",
        help="labelled data, NAME:SPLIT=ROOT for one split: coco (a folder with one JSON file and "
        "images), synthetic (shards), poses (.npz), syrip, minirgbd, surreal, lsp",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder of checkpoint and model"
    )
    parser.add_argument(
        "--recipe", default="recommended", metavar="NAME|FILE", help="default: %(default)s"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change a value of the recipe, such as steps=500; may be repeated",
    )
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu", help="default: cpu")
    parser.add_argument("--resume", action="store_true", help="go on with what is in this folder")


def _prior(args: argparse.Namespace) -> "Work":
    from core.training.priors.prior_recipe import PriorRecipe
    from core.training.priors.train_prior import train_prior
    from core.training.recipe_file import load_recipe

    recipe = load_recipe(PriorRecipe, args.recipe, args.set)
    return train_prior(_checked_task(args), recipe)


def _kp2seg(args: argparse.Namespace) -> "Work":
    from core.training.priors.kp2seg_recipe import Kp2SegRecipe
    from core.training.priors.train_kp2seg import train_kp2seg
    from core.training.recipe_file import load_recipe

    recipe = load_recipe(Kp2SegRecipe, args.recipe, args.set)
    return train_kp2seg(_checked_task(args), recipe)


def _checked_task(args: argparse.Namespace) -> "JudgeTask":
    from core.training.data_source import DataSource
    from core.training.priors.judge_task import JudgeTask

    task = JudgeTask([DataSource.parse(text) for text in args.data], args.out, args.device)
    task.check(resume=args.resume)
    return task


SUBJECTS: Final = {
    "prior": Subject("what poses of infants are likely", _prior),
    "kp2seg": Subject("the silhouette that a pose fills", _kp2seg),
}
