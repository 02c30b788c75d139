"""The argument parser of the command line: a mistake is one line, not a page of usage."""

import argparse
from collections.abc import Callable
from typing import NoReturn, TypeAlias

from core.errors import BadInput

# argparse has no public name for it.
Subparsers: TypeAlias = "argparse._SubParsersAction[OneLineParser]"  # pyright: ignore[reportPrivateUsage]
Run = Callable[[argparse.Namespace], int]


class OneLineParser(argparse.ArgumentParser):
    """Raises BadInput where argparse would print the usage and leave."""

    def error(self, message: str) -> NoReturn:
        """Turn a usage mistake into the one line that every other mistake gets."""
        raise BadInput(f"{message} ('{self.prog} --help' shows what is understood).")


def add_command(commands: Subparsers, name: str, *, run: Run, summary: str) -> OneLineParser:
    """Add a subcommand whose arguments are handed to `run`; returns its parser."""
    parser = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser
