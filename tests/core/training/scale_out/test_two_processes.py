import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from core.training.loop.checkpoint import load_checkpoint
from core.training.objectives.pseudo_labels import confidence_threshold
from tests.core.training.scale_out.toy_training import STEPS, Overheard, told

PROJECT = Path(__file__).parents[4]
# Sums of float32 in another order, and what Adam makes of them in four steps of 3e-3.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("trainings")


@pytest.fixture(scope="module")
def alone(root):
    """The same training in one process; the two go on with what it left half-way."""
    processes = Overheard()
    return told(root / "alone", processes), processes.gathered


@pytest.fixture(scope="module")
def together(root, alone):
    """What each of two processes tells."""
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2",
               "-m", "tests.core.training.scale_out.toy_training", str(root)]  # fmt: skip
    done = subprocess.run(
        command, cwd=PROJECT, capture_output=True, timeout=280,
        env={**os.environ, "OMP_NUM_THREADS": "1", "GLOO_SOCKET_IFNAME": "lo"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return [json.loads((root / f"told_{rank}.json").read_text()) for rank in range(2)]


def weights(folder):
    state = load_checkpoint(folder / "checkpoint.pt")
    assert state["step"] == STEPS
    return {
        f"{part} {name}": value
        for part in ("student", "teacher")
        for name, value in state["learner"][part].items()
    }


def assert_near(one, other):
    assert one.keys() == other.keys()
    for name, value in one.items():
        assert torch.allclose(value, other[name], **NEAR), name


def test_two_processes_end_with_the_weights_of_one(root, together):
    assert_near(weights(root / "together"), weights(root / "alone"))


def test_they_log_the_means_of_the_whole_batch(alone, together):
    for told_by_one in together:
        assert len(told_by_one["whole"]) == len(alone[0])
        for found, expected in zip(told_by_one["whole"][:-1], alone[0][:-1], strict=True):
            assert found == pytest.approx(expected, rel=1e-4)


def test_student_and_teacher_are_the_same_in_both_to_the_bit(together):
    assert together[0]["whole"] == together[1]["whole"]
    assert together[0]["resumed"] == together[1]["resumed"]


def test_they_trust_the_pseudo_labels_that_one_would(alone, together):
    for expected, gathered in zip(alone[1], together[1]["gathered"], strict=True):
        found = torch.tensor(gathered)
        assert torch.allclose(found, expected, **NEAR)
        least, own = (confidence_threshold(x, 0.5, "keypoint") for x in (found, found[:2]))
        assert torch.allclose(least, confidence_threshold(expected, 0.5, "keypoint"), **NEAR)
        assert not torch.allclose(own, least, **NEAR), "half the batch has thresholds of its own"


def test_two_go_on_where_one_stopped(root, together):
    assert_near(weights(root / "alone_half_way"), weights(root / "alone"))


def test_one_goes_on_where_two_stopped(root, together):
    told(root / "together_half_way", Overheard())
    assert_near(weights(root / "together_half_way"), weights(root / "alone"))


@pytest.mark.parametrize("moment", ["early", "late"])
def test_short_memory_in_one_halves_the_batch_of_both(root, together, moment):
    assert [2 in told_by_one[moment] for told_by_one in together] == [True, True]
    assert together[0][moment] == together[1][moment]
    state = load_checkpoint(root / moment / "checkpoint.pt")
    assert (state["batch"], state["step"]) == (2, STEPS)


def test_both_stop_where_the_numbers_of_one_go_wild(root, together):
    for told_by_one in together:
        assert ["astray" in said for said in told_by_one["wild"]] == [True, True]
    assert not (root / "wild" / "checkpoint.pt").exists()
