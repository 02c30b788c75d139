"""`shift-pose evaluate`: score a model on labelled photographs."""

import argparse
import os
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from core.atomic_file import write_text
from core.cli import console
from core.cli.parsing import Subparsers, add_command
from core.errors import BadInput
from core.jobs.own_process import calm_threads
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.progress import Progress

if TYPE_CHECKING:
    from core.evaluation.evaluate import Evaluation
    from core.evaluation.report import Report


def add_parser(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        commands, "evaluate", run=run, summary="score a model on labelled photographs"
    )
    parser.add_argument("--dataset", choices=["coco"], required=True, help="layout of the labels")
    parser.add_argument("--annotations", type=Path, required=True, metavar="FILE")
    parser.add_argument("--images", type=Path, required=True, metavar="DIR")
    parser.add_argument("--split", metavar="S", help="only the images of this split")
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
    if args.protocol == "paper" and args.crop not in (None, "image"):
        raise BadInput(f"--protocol paper looks at whole images; leave --crop {args.crop} out.")
    ModelLibrary.standard().find(args.model)
    os.environ.update(calm_threads())
    # Only here, so that a mistake on the command line does not wait for torch to load.
    from core.evaluation.report import table
    from core.prediction.predictor import build_predictor

    evaluation = _evaluation(args)
    report = _run_with_progress(evaluation.run(build_predictor(args.model)))
    console.say(table(report))
    if args.json is not None:
        write_text(args.json, report.model_dump_json(indent=2) + "\n")
    return 0


def _evaluation(args: argparse.Namespace) -> "Evaluation":
    from core.datasets.coco import read_coco
    from core.evaluation.evaluate import Evaluation

    return Evaluation(
        dataset=read_coco(args.annotations, args.images, args.split),
        data=args.annotations.name,
        split=args.split,
        protocol=args.protocol,
        view=args.crop or ("image" if args.protocol == "paper" else "auto"),
        save_to=args.save_predictions,
    )


def _run_with_progress(work: "Generator[Progress, None, Report]") -> "Report":
    line = console.ProgressLine("evaluate")
    try:
        while True:
            line.show(next(work))
    except StopIteration as finished:
        return finished.value
    finally:
        line.close()
