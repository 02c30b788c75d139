"""The one program of the build: a command or a job of the core, or else the window.

It looks at the arguments before it imports either side, so the window never loads torch and a
worker never loads Qt.
"""

import sys


def _main() -> int:
    from core.cli.commands import COMMANDS

    if sys.argv[1:2] and sys.argv[1] in COMMANDS:
        from core.__main__ import main
    else:
        from app.__main__ import main
    return main()


if __name__ == "__main__":
    sys.exit(_main())
