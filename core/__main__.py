"""`python -m core`, the same as `shift-pose`."""

import sys
from collections.abc import Sequence

from core.cli import main as command_line
from core.jobs.own_process import stop_when_terminated


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line as this process's own; returns its exit status."""
    stop_when_terminated()
    return command_line.main(argv)


if __name__ == "__main__":
    sys.exit(main())
