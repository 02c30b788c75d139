"""`make demo` opens the window where there is a display, and draws it into a file elsewhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays are named on Linux")

PREDICT = (
    "shift-pose predict resources/demo/infant_demo.mp4"
    " --out demo-out --overlay --segmentation --overwrite"
)
OPEN = "shift-studio resources/demo/infant_demo.mp4"
DRAW = "shift-studio --screenshot demo-out/window.png resources/demo/infant_demo.mp4"


def demo(tmp_path: Path, *, display_answers: bool, **environment: str) -> tuple[list[str], str]:
    """Run the script among stand-ins; returns what was started and what was said."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (tmp_path / ".ci").mkdir()
    shutil.copy(PROJECT / ".ci" / "demo", tmp_path / ".ci" / "demo")
    started = tmp_path / "started"
    for name in ("shift-pose", "shift-studio"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*" >> "{started}"\n')
    (programs / "python").write_text(f"#!/bin/sh\nexit {0 if display_answers else 134}\n")
    for program in programs.iterdir():
        program.chmod(0o755)
    unset = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    ended = subprocess.run(
        [tmp_path / ".ci" / "demo"],
        env=kept | environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return started.read_text().splitlines(), ended.stdout


def test_a_display_shows_the_window(tmp_path: Path):
    started, _ = demo(tmp_path, display_answers=True, DISPLAY=":7")
    assert started == [PREDICT, OPEN]


@pytest.mark.parametrize(
    ("answers", "environment"),
    [
        pytest.param(True, {}, id="no display"),
        pytest.param(False, {"DISPLAY": ":7"}, id="a display that does not answer"),
        pytest.param(True, {"DISPLAY": ":7", "QT_QPA_PLATFORM": "offscreen"}, id="asked for none"),
    ],
)
def test_without_a_display_it_says_so_and_leaves_a_picture(
    tmp_path: Path, answers: bool, environment: dict[str, str]
):
    started, said = demo(tmp_path, display_answers=answers, **environment)
    assert started == [PREDICT, DRAW]
    assert "no display" in said
