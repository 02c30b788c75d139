import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from core.training.loop.checkpoint import load_checkpoint
from tests.core.training.loop.killed_training import STEPS, new_learner, run

PROJECT = Path(__file__).parents[4]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unbroken")
    run(folder, new_learner())
    return flat(load_checkpoint(folder / "checkpoint.pt"))


def flat(state, name=""):
    """Every tensor and number of a state by its place in it: weights, moments, step, settings."""
    if isinstance(state, dict | list | tuple):
        pairs = state.items() if isinstance(state, dict) else enumerate(state)
        return {k: v for key, value in pairs for k, v in flat(value, f"{name}/{key}").items()}
    return {name: state}


def survive(root, *arguments):
    """Kill trainings as told; each must end as the unbroken one. Returns what was told of each."""
    command = [sys.executable, "-m", "tests.core.training.loop.killed_training", str(root)]
    done = subprocess.run([*command, *map(str, arguments)], cwd=PROJECT, stdout=subprocess.PIPE)
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def check_ends(told, unbroken):
    ended = [Path(one["folder"]) for one in told if one["ended"] == "end"]
    assert ended
    for folder in ended:
        state = flat(load_checkpoint(folder / "checkpoint.pt"))
        assert state.keys() == unbroken.keys()
        for name, value in unbroken.items():
            same = (
                torch.equal(value, state[name]) if torch.is_tensor(value) else value == state[name]
            )
            assert same, name
        assert state["/step"] == STEPS
        assert [file.name for file in folder.iterdir()] == ["checkpoint.pt"], "nothing is left over"


def test_ten_kills_end_with_the_weights_of_an_unbroken_run(tmp_path, unbroken):
    told = survive(tmp_path, 7, 10)
    check_ends(told, unbroken)
    assert sum(one["ended"] != "end" for one in told) == 10
    assert any(one["parts"] for one in told), "one of them died while it wrote"


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_hundred_kills(tmp_path, unbroken):
    told = survive(tmp_path, 1, 100)
    check_ends(told, unbroken)
    assert sum(one["ended"] != "end" for one in told) == 100


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_kill_at_every_moment_of_writing(tmp_path, unbroken):
    check_ends(survive(tmp_path, 0, 150, "--every"), unbroken)
