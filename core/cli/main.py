"""The entry of `shift-pose`: parse the command line, run one command, give its exit status."""

import argparse
import io
import sys
from collections.abc import Sequence

from core.cli import console
from core.cli.attempt import STOPPED, attempt
from core.cli.commands import COMMANDS
from core.cli.parsing import OneLineParser
from core.errors import Stopped
from core.version import software_version


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (default: the process's own) and return its exit status.

    0 done; 1 a fault of ours; 2 bad usage or something the user can mend; 3 stopped by the user.
    """
    _let_any_file_name_be_printed()
    try:
        return attempt(lambda: _run(argv))
    except (KeyboardInterrupt, Stopped):
        console.problem("stopped.")
        return STOPPED


def _run(argv: Sequence[str] | None) -> int:
    args = _parser().parse_args(argv)
    return args.run(args)


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog="shift-pose", description="Infant pose from recordings.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"SHIFT Studio {software_version()}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=OneLineParser)
    for add_parser in COMMANDS.values():
        add_parser(commands)
    return parser


def _let_any_file_name_be_printed() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
