"""The built program starts without a display, its worker predicts the demo, and it quits."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.frozen, pytest.mark.timeout(900)]

PROJECT = Path(__file__).parents[2]
SUFFIX = ".exe" if sys.platform == "win32" else ""
PROGRAM = PROJECT / "dist" / "shift-studio" / f"shift-studio{SUFFIX}"


@pytest.fixture
def run(tmp_path: Path):
    """Start the built program somewhere else, with nothing of the checkout in its environment."""

    def start(*arguments: object) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.run(
            [PROGRAM, *map(str, arguments)],
            cwd=tmp_path, env=kept, capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip

    return start


def test_the_window_starts_and_its_worker_predicts(run, demo_recording: Path, tmp_path: Path):
    picture = tmp_path / "window.png"
    ended = run("--screenshot", picture, demo_recording)
    assert (ended.returncode, ended.stderr) == (0, "")  # it would say that no poses came
    assert picture.stat().st_size > 10_000


def test_the_command_line_predicts_and_writes_results(run, demo_recording: Path, tmp_path: Path):
    ended = run("predict", demo_recording, "--out", tmp_path, "--overlay", "--segmentation")
    assert (ended.returncode, ended.stderr) == (0, "")
    with (tmp_path / "infant_demo.csv").open(encoding="utf-8") as table:
        assert len(list(csv.reader(table))) == 201
    for result in ("infant_demo.csv.json", "infant_demo.overlay.mp4", "infant_demo.masks.zip"):
        assert (tmp_path / result).stat().st_size > 0


def test_the_check_up_finds_everything_on_board(run, tmp_path: Path):
    ended = run("doctor", "--json", tmp_path / "facts.json")
    assert (ended.returncode, ended.stderr) == (0, "")
    facts = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    assert "built program" in facts["SHIFT Studio"]["value"]
    assert facts["libraries"]["value"].count("unknown") == 0
    assert "Qt 6" in facts["window"]["value"]


def test_a_mistake_is_one_line_and_status_2(run, tmp_path: Path):
    ended = run("predict", tmp_path / "missing.mp4", "--out", tmp_path / "out")
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "missing.mp4" in ended.stderr
