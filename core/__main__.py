"""`python -m core`, the same as `shift-pose`."""

import sys
from collections.abc import Sequence

from core.cli import main as command_line
from core.jobs.own_process import leave_if_one_of_many, stop_when_terminated


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line as this process's own; returns its exit status."""
    stop_when_terminated()
    status = command_line.main(argv)
    leave_if_one_of_many(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
