"""`shift-pose synthesize`: make labelled pictures of clothed infants or adults."""

import argparse
import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from core.cli import console
from core.cli.out_folder import require_writable
from core.cli.parsing import Subparsers, add_command
from core.cli.synthesis_options import add_options, requested
from core.errors import BadInput
from core.jobs.own_process import calm_threads

if TYPE_CHECKING:
    from core.synthesis.production.sampler import Sampler
    from core.synthesis.production.set_folder import SetFolder
    from core.synthesis.production.synthesize import Means

_PACKAGES: Final = ("anny", "warp")


def add_parser(commands: Subparsers) -> None:
    """Add the command."""
    add_options(
        add_command(
            commands, "synthesize", run=run, summary="make labelled pictures of infants or adults"
        )
    )


def run(args: argparse.Namespace) -> int:
    """Make a set, or complete the one that is there; returns the exit status."""
    # Only here, so that the rest of the command line starts without pictures' libraries.
    from core.synthesis.production.set_folder import claimed
    from core.synthesis.production.synthesize import GENERATOR, Means

    request = requested(args, GENERATOR)
    require_writable(args.out)
    _require_extra()
    # Workers inherit it; each has a core of its own and gains nothing from more threads.
    os.environ.update(calm_threads() | {"OMP_NUM_THREADS": "1"})
    means = Means(
        StageBuilder(args.device),
        workers=min(args.workers, request.shards),
        preparing=_preparing(),
        with_skeletons=args.skeletons,
    )
    with claimed(args.out, request) as folder:
        return _make(folder, means)


@dataclass(frozen=True)
class StageBuilder:
    """Sets up what renders, inside a worker."""

    device: str

    def __call__(self) -> "Sampler":
        """The stage on the device; raises BadInput if there is no such device."""
        from core.synthesis.staging.stage import Stage

        return Stage(self.device)


def _require_extra() -> None:
    if any(find_spec(package) is None for package in _PACKAGES):
        raise BadInput(
            "synthetic bodies need a further package (the Anny body model and Warp): "
            "pip install 'shift-studio[synthetic]'."
        )


def _preparing() -> str:
    from core.synthesis.body.body_store import is_prepared

    if is_prepared():
        return "loading the body model"
    return "preparing the body model (about a minute, only the first time)"


def _make(folder: "SetFolder", means: "Means") -> int:
    from core.synthesis.production.synthesize import synthesize

    total, there = folder.request.pictures, folder.pictures_there
    if there == total:
        console.say(f"{folder.path}: complete already; only its contact sheets are made anew.")
    elif there:
        console.say(f"{folder.path}: {there:,} of {total:,} pictures are there, making the rest.")
    rate = console.with_progress(synthesize(folder, means), folder.request.kind)
    speed = f", {rate:.1f} a second" if rate else ""
    console.say(f"{folder.path}: {total:,} pictures in {folder.request.shards:,} shards{speed}.")
    return 0
