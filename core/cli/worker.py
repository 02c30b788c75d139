"""`shift-pose worker JOB`: what the window starts; people have no use for it."""

import argparse
from pathlib import Path

from core.cli.parsing import Subparsers


def add_parser(commands: Subparsers) -> None:
    """Add the command, which the help does not list."""
    parser = commands.add_parser("worker", allow_abbrev=False)
    parser.add_argument("job", type=Path)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do the job in the given folder."""
    from core.jobs.worker import run_worker

    run_worker(args.job)
    return 0
