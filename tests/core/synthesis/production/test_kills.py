"""Killed at any moment and started again, a set becomes what an unbroken run makes."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.core.synthesis.production.conftest import contents, made_here, shards
from tests.core.synthesis.production.stand_alone import REQUEST

PROJECT = Path(__file__).parents[4]
SCRIPT = Path(__file__).with_name("stand_alone.py")
PAUSE = 0.05


def started(folder):
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    return subprocess.Popen([sys.executable, SCRIPT, folder, str(PAUSE)], env=environment)


def kill_soon(process, folder, chance):
    """Kill while it loads, or a moment after it has begun to write; returns its workers."""
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0, 0.5))
    else:
        while process.poll() is None and not list(folder.glob(".*.part.tar")):
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.2))
    workers = children(process)
    process.kill()
    process.wait()
    return workers


def children(process):
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def survive(kills, folder):
    chance = random.Random(kills)
    for _ in range(kills):
        workers = kill_soon(started(folder), folder, chance)
        _, alive = psutil.wait_procs(workers, timeout=10)
        assert alive == []
    assert started(folder).wait(60) == 0


def test_a_set_survives_ten_kills(tmp_path):
    (tmp_path / "here").mkdir()
    survive(10, tmp_path / "killed")
    assert shards(tmp_path / "killed") == made_here(REQUEST, tmp_path / "here")
    assert not [name for name in contents(tmp_path / "killed") if name.startswith(".")]


@pytest.mark.soak
def test_a_set_survives_a_hundred_kills(tmp_path):
    (tmp_path / "here").mkdir()
    whole = made_here(REQUEST, tmp_path / "here")
    for number in range(10):
        survive(10, tmp_path / f"killed{number}")
        assert shards(tmp_path / f"killed{number}") == whole
