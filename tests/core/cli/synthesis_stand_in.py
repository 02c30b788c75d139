"""The command with painted people: `python synthesis_stand_in.py PAUSE ARGUMENT...`.

Workers load this file too, and find the same stand-in there.
"""

import sys
from types import SimpleNamespace

from core.__main__ import main
from tests.core.synthesis.production.painter import Painter

HEAVY = {"torch", "anny", "warp"}

module = SimpleNamespace(Stage=lambda device: Painter(float(sys.argv[1])))
sys.modules["core.synthesis.staging.stage"] = module  # type: ignore[assignment]

if __name__ == "__main__":
    status = main(sys.argv[2:])
    sys.exit(f"loaded {HEAVY & sys.modules.keys()}" if HEAVY & sys.modules.keys() else status)
