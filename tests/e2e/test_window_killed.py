"""The window killed at any moment while one works in it: no edit that was saved is lost."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from core.study.study import Study
from core.video.source import open_video
from tests.app.opened import FRAMES, made_chunks, made_track, write_clip

PROJECT = Path(__file__).parents[2]


def make_study(folder: Path) -> Path:
    """A study with one predicted recording."""
    clip = write_clip(folder / "crawl.mp4")
    path = folder / "visit.shift"
    with Study.create(path) as study, open_video(clip) as source:
        recording = study.add_recording(clip, source.info)
        prediction = study.begin_prediction(recording.id, "made", "0" * 64, {})
        for chunk in made_chunks(made_track()):
            study.add_chunk(prediction, chunk)
        study.finish_prediction(prediction)
    return path


def work_and_die(study: Path, home: Path, *, seed: int, moment: float) -> list[list[str]]:
    """Let a window work for `moment` seconds, kill it, and return what it had said was saved."""
    command = [sys.executable, "-m", "tests.e2e.killed_window", str(study), str(home), str(seed)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "open\n"
        time.sleep(moment)  # the random moment itself, not a wait for something
        window.send_signal(signal.SIGKILL)
        return [json.loads(line) for line in window.stdout if line.endswith("]\n")]


def kill_again_and_again(tmp_path: Path, home: Path, rounds: int) -> int:
    """Kill `rounds` windows one after the other on one study; returns how many edits it holds."""
    home.mkdir(parents=True, exist_ok=True)
    path = make_study(tmp_path)
    rng = np.random.default_rng(rounds)
    saved: list[list[str]] = []
    for seed in range(rounds):
        saved += work_and_die(path, home, seed=seed, moment=rng.uniform(0, 0.8))
        with Study.open(path) as study:
            (recording,) = study.recordings()
            stored = [[entry.action, entry.edit.name] for entry in study.edits(recording.id)]
            info = study.current_prediction(recording.id)
        assert stored[: len(saved)] == saved
        assert len(stored) <= len(saved) + 1  # the edit that was under way
        assert info is not None
        assert info.frames == FRAMES
        saved = stored
    return len(saved)


def test_ten_killed_windows(tmp_path: Path, home: Path) -> None:
    assert kill_again_and_again(tmp_path, home, rounds=10) > 10


@pytest.mark.soak
def test_a_hundred_killed_windows(tmp_path: Path, home: Path) -> None:
    assert kill_again_and_again(tmp_path, home, rounds=100) > 100
