import json
from pathlib import Path

import pytest
import torch

from core.cli import console
from core.cli.main import main
from core.errors import BadInput
from core.jobs.device_turn import DeviceTurn
from core.models.model_folder import open_model
from core.networks.load import load_pose_network
from core.paths import user_folder
from core.training import adapt_job
from core.training.loop.checkpoint import load_checkpoint
from tests.core.training.log.curves import read

TINY = ["--recipe", "quick", "--set", "steps=2", "--set", "batch=2", "--set", "save_every=1"]


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory, demo_recording: Path) -> Path:
    """The demo and a handful of its frames, adapted to for two steps with the embedded source."""
    job = tmp_path_factory.mktemp("jobs") / "ward"
    command = ["adapt", str(demo_recording), "--out", str(job), *TINY, "--set", "frames=10"]
    assert main(command) == 0
    return job


def test_it_leaves_a_model_that_names_its_parent(job):
    card = open_model(job / "model").card
    assert card.parent == "infant_pose"
    assert card.name == "ward"
    maps = load_pose_network(open_model(job / "model")).heatmaps(torch.zeros(1, 3, 256, 256))
    assert maps.shape == (1, 16, 64, 64)
    result = json.loads((job / "result.json").read_text())
    assert result["model"] == "model"
    assert result["choice"]["rule"] == "last"  # ten frames are too few to hold some out


def test_it_leaves_a_log_curves_and_pictures(job):
    rows = (job / "log.csv").read_text().splitlines()
    assert rows[0].startswith("step,rate,loss_source,")
    assert [row.split(",")[0] for row in rows[1:]] == ["2"]
    pictures = sorted(path.name for path in (job / "pictures").iterdir())
    assert pictures == ["step-000000.jpg", "step-000001.jpg", "step-000002.jpg"]
    curves = read(job / "tensorboard")
    assert [point.step for point in curves.Scalars("loss/total")] == [2]
    assert [picture.step for picture in curves.Images("found")] == [0, 1, 2]


def test_training_changed_the_weights(job):
    state = load_checkpoint(job / "checkpoint.pt")
    assert state["step"] == 2
    moved = [
        (state["learner"]["student"][name] - value).abs().max()
        for name, value in state["learner"]["teacher"].items()
    ]
    assert max(moved) > 0


def test_the_same_command_with_resume_finds_it_finished(job, demo_recording, capsys):
    command = ["adapt", str(demo_recording), "--out", str(job), *TINY, "--set", "frames=10"]
    assert main([*command, "--resume"]) == 0
    assert "ready" in capsys.readouterr().out


def test_another_job_does_not_go_on_in_the_same_folder(job, demo_recording, capsys):
    command = ["adapt", str(demo_recording), "--out", str(job), *TINY, "--set", "frames=12"]
    assert main([*command, "--resume"]) == 2
    assert "its recipe differ" in capsys.readouterr().err
    assert main(command) == 2
    assert "--resume" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--set", "steps=0"], "steps"),
        (["--set", "weights.prior=1", "--set", "prior_model="], "prior_model"),
        (["--recipe", "nonesuch"], "no recipe of this name"),
        (["--base", "nonesuch"], "no model of this name"),
        (["--source", "nowhere"], "no such folder or shard"),
        (["--device", "quantum"], "quantum"),
    ],
)
def test_mistakes_are_a_sentence(tmp_path, demo_recording, capsys, more, said):
    command = ["adapt", str(demo_recording), "--out", str(tmp_path / "job"), *TINY, *more]
    assert main(command) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_something_that_is_no_recording_is_a_sentence(tmp_path, capsys):
    (tmp_path / "letter.mp4").write_bytes(b"not a film")
    command = ["adapt", str(tmp_path / "letter.mp4"), "--out", str(tmp_path / "job"), *TINY]
    assert main(command) == 2
    assert "letter.mp4" in capsys.readouterr().err


def test_it_waits_until_another_adaptation_has_ended(tmp_path, demo_recording, monkeypatch, capsys):
    order: list[str] = []

    def stopped(_task):
        order.append("began")
        raise BadInput("that is enough.")
        yield

    def watched(waiting, _title):
        for progress in waiting:
            order.append(progress.note)
            other.__exit__(None, None, None)

    monkeypatch.setattr(adapt_job, "adapt", stopped)
    monkeypatch.setattr(console, "with_progress", watched)
    other = DeviceTurn(user_folder(), "cpu")
    list(other.wait())
    command = ["adapt", str(demo_recording), "--out", str(tmp_path / "job"), "--device", "cpu"]
    assert main(command) != 0
    assert order == ["waiting for another adaptation", "began"]
    told = capsys.readouterr().err
    assert told.count("another adaptation has the device; this one begins when it has ended.") == 1
    assert "that is enough" in told
