"""`python -m core`, the same as `shift-pose`."""

import sys

from core.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
