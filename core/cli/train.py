"""`shift-pose train`: train the networks that adaptation builds on."""

import argparse
import os
import signal
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final, Self

from core.cli import console
from core.cli.out_folder import require_writable
from core.cli.parsing import OneLineParser, Subparsers, add_command
from core.errors import Stopped
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
        model = _finished(work, args.subject)
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


def _finished(work: "Work", title: str) -> "ModelFolder":
    """Run to the end, or to the first checkpoint after Ctrl-C; raises Stopped then."""
    from core.training.loop.events import Saved

    line = console.ProgressLine(title)
    with _StopWish() as wish:
        while True:
            try:
                event = next(work)
            except StopIteration as finished:
                line.close()
                return finished.value
            _show(line, event)
            # Before the steps begin there is nothing to lose.
            if wish.is_there and isinstance(event, Saved | Progress):
                raise Stopped


def _show(line: console.ProgressLine, event: "Progress | TrainingEvent") -> None:
    from core.training.loop.events import BatchHalved, StepsDone

    match event:
        case Progress():
            line.show(event)
        case StepsDone():
            line.show(Progress(event.step, event.total, "training"))
        case BatchHalved():
            console.problem(f"memory is short: going on with {event.batch} samples a step.")
        case _:
            pass


class _StopWish:
    """Takes the first Ctrl-C as a wish, so that no step is cut in half; a second one stops."""

    def __init__(self) -> None:
        self.is_there = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _take(self, number: int, frame: FrameType | None) -> None:
        self.is_there = True
        signal.signal(signal.SIGINT, self._before)
        console.problem("stopping at the next checkpoint; Ctrl-C once more stops at once.")
