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
from core.models.library import DEFAULT_POSE_MODEL
from core.progress import Progress

if TYPE_CHECKING:
    from core.models.model_folder import ModelFolder
    from core.training.loop.events import TrainingEvent
    from core.training.priors.judge_task import JudgeTask

    Made = ModelFolder | Path  # a model, or a file of weights
    Work = Generator[Progress | TrainingEvent, None, Made]


@dataclass(frozen=True)
class Subject:
    """One thing that can be trained; `start` loads torch, and raises BadInput."""

    summary: str
    start: "Callable[[argparse.Namespace], Work]"
    base: str = ""  # what it goes on with where no model is named; "" where it takes none


def add_parser(commands: Subparsers) -> None:
    """Add the command and what it can train."""
    summary = "train a pose network with labels, a pose prior, or one from keypoints to silhouettes"
    actions = commands.add_parser(
        "train", help=summary, description=summary, allow_abbrev=False
    ).add_subparsers(metavar="WHAT", required=True, parser_class=OneLineParser)
    for name, subject in SUBJECTS.items():
        parser = add_command(actions, name, run=run, summary=subject.summary)
        _add_options(parser, name)
        if subject.base:
            _add_base(parser, subject.base)


def run(args: argparse.Namespace) -> int:
    """Train, and say where the model is; returns the exit status."""
    require_writable(args.out)
    os.environ.update(calm_threads())
    with closing(SUBJECTS[args.subject].start(args)) as work:
        made = finished(work, args.subject)
    console.say(_ready(made))
    if any((args.out / name).is_dir() for name in ("source", "target")):
        console.problem(
            f"{args.out}: holds the pictures it learnt from, too; pass on the model alone."
        )
    return 0


def _ready(made: "Made") -> str:
    if isinstance(made, Path):
        return f"{made}: ready."
    scores = ", ".join(f"{name} {score:.1f}" for name, score in made.card.scores.items())
    return f"{made.path}: ready ({scores})." if scores else f"{made.path}: ready."


def _add_options(parser: OneLineParser, name: str) -> None:
    parser.set_defaults(subject=name)
    parser.add_argument(
        "--data",
        nargs="+",
        action="extend",
        required=True,
        metavar="NAME=ROOT",
        help="labelled data, NAME:SPLIT=ROOT for one split: coco (a folder with one JSON file and "
        "images), synthetic (shards), poses (.npz), pictures (a folder, which a source recipe's "
        "teacher labels), masks (a folder with images and masks), syrip, minirgbd, surreal, lsp",
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


def _add_base(parser: OneLineParser, default: str) -> None:
    parser.add_argument(
        "--base", metavar="NAME|DIR", help=f"model to go on with; default: {default}"
    )


def _source(args: argparse.Namespace) -> "Work":
    from core.training.recipe_file import load_recipe
    from core.training.source.source_recipe import SourceRecipe
    from core.training.source.train_source import train_source

    recipe = load_recipe(SourceRecipe, args.recipe, args.set)
    return train_source(_checked_task(args), recipe, args.base)


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


def _outline(args: argparse.Namespace) -> "Work":
    from core.training.outline.outline_recipe import OutlineRecipe
    from core.training.outline.train_outline import train_outline
    from core.training.recipe_file import load_recipe

    recipe = load_recipe(OutlineRecipe, args.recipe, args.set)
    return train_outline(_checked_task(args), recipe, args.base)


def _style(args: argparse.Namespace) -> "Work":
    from core.training.recipe_file import load_recipe
    from core.training.style.style_recipe import StyleRecipe
    from core.training.style.style_task import StyleTask
    from core.training.style.train_style import train_style

    recipe = load_recipe(StyleRecipe, args.recipe, args.set)
    task = StyleTask.parse(args.data, args.out, args.device)
    task.check(resume=args.resume)
    return train_style(task, recipe)


def _checked_task(args: argparse.Namespace) -> "JudgeTask":
    from core.training.data_source import DataSource
    from core.training.priors.judge_task import JudgeTask

    task = JudgeTask([DataSource.parse(text) for text in args.data], args.out, args.device)
    task.check(resume=args.resume)
    return task


SUBJECTS: Final = {
    "source": Subject(
        "a pose network, from labelled pictures",
        _source,
        base="a fresh network of the recipe's architecture, or "
        f"{DEFAULT_POSE_MODEL} where the recipe names none",
    ),
    "prior": Subject("what poses of infants are likely", _prior),
    "kp2seg": Subject("the silhouette that a pose fills", _kp2seg),
    "outline": Subject(
        "the outline of infants, from pictures with masks", _outline, base="the shipped one"
    ),
    "style": Subject(
        "the decoder of style transfer: --data SOURCE=ROOT, then recording=FILE or more sets",
        _style,
    ),
}
