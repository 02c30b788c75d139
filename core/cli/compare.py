"""`shift-pose models compare`: which of two models sees better on recordings."""

import argparse
import os
from pathlib import Path

from core.cli.console import problem, say, with_progress
from core.cli.out_folder import require_writable
from core.cli.parsing import Subparsers, add_command
from core.errors import BadInput
from core.jobs.own_process import calm_threads


def add_parser(actions: Subparsers) -> None:
    """Add the action to those of `models`."""
    parser = add_command(
        actions, "compare", run=run, summary="tell which of two models sees better on recordings"
    )
    parser.add_argument("base", metavar="BASE", help="a model's name or folder")
    parser.add_argument("model", metavar="MODEL", help="another one: is it better?")
    parser.add_argument(
        "recordings",
        nargs="+",
        type=Path,
        metavar="RECORDING",
        help="or STUDY.shift: its recordings, and the points corrected there as truth",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="for report, pictures and film"
    )
    parser.add_argument(
        "--device", default="auto", help="auto, cpu, cuda or cuda:N (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Compare and say what came out; returns the exit status."""
    require_writable(args.out)
    if args.out.exists() and any(args.out.iterdir()):
        raise BadInput(f"{args.out}: is not empty; choose a new folder.")
    os.environ.update(calm_threads())
    # Only here, so that a mistake on the command line does not wait for torch to load.
    from core.training.data.study_footage import find_footage
    from core.verdict.compare import CompareTask, compare_models

    found = find_footage(args.recordings)
    for sentence in found.left_out:
        problem(sentence)
    args.out.mkdir(parents=True, exist_ok=True)
    task = CompareTask(args.out, args.base, args.model, found.footage, args.device)
    report = with_progress(compare_models(task), "compare")
    say(report.sentence)
    for reason in report.reasons:
        say(f"  {reason}")
    if report.pictures:
        say(f"{args.out}: report, pictures and film; they show the infants.")
    return 0
