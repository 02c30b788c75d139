"""The entry of `shift-pose`: parse, run one command, turn errors into lines and exit statuses."""

import argparse
import io
import sys
from collections.abc import Sequence

from core.cli import console
from core.cli.fault_log import write_fault
from core.cli.parsing import OneLineParser
from core.errors import BadInput, JobFailed, NoSpace, ShiftError, Stopped

DONE, FAULT, BAD_INPUT, STOPPED = 0, 1, 2, 3

# One module for each command; every one has add_parser(commands) and run(args) -> int.
_COMMANDS = ()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (default: the process's own) and return its exit status."""
    _let_any_file_name_be_printed()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        args = _parser().parse_args(arguments)
        return args.run(args)
    except ShiftError as error:
        console.problem(error)
        return exit_status(error)
    except KeyboardInterrupt:
        console.problem("stopped.")
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the one place where a fault becomes a line and a log
        console.problem(write_fault(error, arguments))
        return FAULT


def exit_status(error: ShiftError) -> int:
    """The exit status that belongs to an error."""
    match error:
        case BadInput() | NoSpace():
            return BAD_INPUT
        case Stopped():
            return STOPPED
        case JobFailed() | _:
            return FAULT


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog="shift-pose", description="Infant pose from recordings.", allow_abbrev=False
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=OneLineParser)
    for command in _COMMANDS:
        command.add_parser(commands)
    return parser


def _let_any_file_name_be_printed() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
