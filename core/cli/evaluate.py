"""`shift-pose evaluate`: score a model on labelled photographs."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from core.atomic_file import write_text
from core.cli import console
from core.cli.parsing import Subparsers, add_command
from core.datasets.catalogue import PUBLISHED, read_published
from core.datasets.coco import read_coco
from core.datasets.labelled_image import LabelledImage
from core.errors import BadInput
from core.jobs.own_process import calm_threads
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary

if TYPE_CHECKING:
    from core.evaluation.evaluate import Evaluation

_COCO = "coco"


def add_parser(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        commands, "evaluate", run=run, summary="score a model on labelled photographs"
    )
    parser.add_argument(
        "--dataset",
        choices=[_COCO, *PUBLISHED],
        required=True,
        help="a published set, or coco for any labels in that layout",
    )
    parser.add_argument("--root", type=Path, metavar="DIR", help="where the published set lies")
    parser.add_argument(
        "--annotations", type=Path, metavar="FILE", help="for coco: the person keypoints"
    )
    parser.add_argument("--images", type=Path, metavar="DIR", help="for coco: where the images lie")
    parser.add_argument(
        "--split",
        metavar="S",
        help="only these images; default: coco all, "
        + ", ".join(f"{name} {known.scored_split}" for name, known in PUBLISHED.items()),
    )
    parser.add_argument(
        "--model", default=DEFAULT_POSE_MODEL, metavar="NAME|DIR", help="default: %(default)s"
    )
    parser.add_argument(
        "--protocol",
        choices=["corrected", "paper"],
        default="corrected",
        help="paper: the authors' metric with its quirks, on --crop image",
    )
    parser.add_argument(
        "--crop",
        choices=["auto", "image", "box"],
        help="auto finds the infant as the product does (default); image shows the whole image; "
        "box the true box enlarged by 1.25",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the scores here")
    parser.add_argument(
        "--save-predictions", type=Path, metavar="FILE", help="write COCO results here"
    )


def run(args: argparse.Namespace) -> int:
    """Evaluate and print the table; returns the exit status."""
    _check_places(args)
    if args.protocol == "paper" and args.crop not in (None, "image"):
        raise BadInput(f"--protocol paper looks at whole images; leave --crop {args.crop} out.")
    ModelLibrary.standard().find(args.model)
    os.environ.update(calm_threads())
    # Only here, so that a mistake on the command line does not wait for torch to load.
    from core.evaluation.report import table
    from core.prediction.predictor import build_predictor

    evaluation = _evaluation(args)
    report = console.with_progress(evaluation.run(build_predictor(args.model)), "evaluate")
    console.say(table(report))
    if args.json is not None:
        write_text(args.json, report.model_dump_json(indent=2) + "\n")
    return 0


def _check_places(args: argparse.Namespace) -> None:
    """Refuse a set whose place is not given, or given as for the other kind."""
    given = {name for name in ("root", "annotations", "images") if getattr(args, name) is not None}
    needed = {"annotations", "images"} if args.dataset == _COCO else {"root"}
    if missing := sorted(needed - given):
        raise BadInput(f"--dataset {args.dataset} needs --{' and --'.join(missing)}.")
    if surplus := sorted(given - needed):
        raise BadInput(f"--dataset {args.dataset} takes no --{' or --'.join(surplus)}.")


def _evaluation(args: argparse.Namespace) -> "Evaluation":
    from core.evaluation.evaluate import Evaluation

    dataset, data, split = _dataset(args)
    return Evaluation(
        dataset=dataset,
        data=data,
        split=split,
        protocol=args.protocol,
        view=args.crop or ("image" if args.protocol == "paper" else "auto"),
        save_to=args.save_predictions,
    )


def _dataset(args: argparse.Namespace) -> tuple[list[LabelledImage], str, str | None]:
    """The labelled images, what they are called and which split they are."""
    if args.dataset == _COCO:
        images = read_coco(args.annotations, args.images, args.split)
        return images, args.annotations.name, args.split
    split = args.split or PUBLISHED[args.dataset].scored_split
    return read_published(args.dataset, args.root, split), args.dataset, split
