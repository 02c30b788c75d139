"""Starting Warp: quiet, and with a sentence where something is missing."""

import subprocess
import sys

import pytest

from core.errors import BadInput
from core.synthesis.render.renderer import Renderer
from tests.architecture.tracked import PROJECT

QUIET = """
import numpy as np
from core.synthesis.render.renderer import Renderer
from tests.core.synthesis.render.shapes import scene
Renderer().render(scene(), np.random.default_rng(0))
"""
WITHOUT = """
import sys
sys.modules["warp"] = None
from core.errors import BadInput
from core.synthesis.render.renderer import Renderer
try:
    Renderer()
except BadInput as error:
    print(error)
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    # Where it compiles kernels, Warp leaves a folder of headers to the interpreter to remove.
    warnings = ["-W", "error", "-W", "ignore::ResourceWarning"]
    return subprocess.run(
        [sys.executable, *warnings, "-c", code],
        cwd=PROJECT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip


def test_a_picture_prints_nothing():
    done = run(QUIET)
    assert done.stdout == done.stderr == ""


def test_without_warp_the_extra_is_named():
    assert "shift-studio[synthetic]" in run(WITHOUT).stdout


@pytest.mark.parametrize("device", ["cuda:9", "abacus"])
def test_an_unknown_device_is_named(renderer, device: str):
    with pytest.raises(BadInput, match=f"no device {device} .* cpu"):
        Renderer(device)
