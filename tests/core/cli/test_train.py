"""`shift-pose train`: one command to a model folder, one line for each mistake."""

import os
import signal

import pytest

from core.cli.console import ProgressLine
from core.cli.main import main
from core.models.model_folder import open_model
from tests.core.shards.conftest import write_set
from tests.core.training.priors.trained import small_prior_folder, write_poses, write_shard

FEW = ["--set", "steps=4", "--set", "batch=8"]


@pytest.fixture(scope="module")
def poses(tmp_path_factory):
    return write_poses(tmp_path_factory.mktemp("data") / "poses.npz", 200)


def test_a_prior_is_trained_and_told(poses, tmp_path, capsys):
    out = tmp_path / "mine"
    options = ["--recipe", "quick", *FEW, "--set", "noisy_poses=200"]
    assert main(["train", "prior", "--data", f"poses={poses}", "--out", str(out), *options]) == 0
    assert "model: ready (auc_15 " in capsys.readouterr().out
    assert open_model(out / "model").card.task == "prior"


def test_a_kp2seg_is_trained_from_shards(tmp_path):
    shard = write_shard(tmp_path / "s.tar", 12)
    out = tmp_path / "area"
    data = ["--data", f"synthetic={shard}"]
    assert main(["train", "kp2seg", *data, "--out", str(out), *FEW]) == 0
    assert open_model(out / "model").card.task == "kp2seg"


def test_an_outline_network_is_trained_from_shards(tmp_path):
    shards = write_set(tmp_path / "set")
    line = ["train", "outline", "--data", f"synthetic={shards}", "--out", str(tmp_path / "mine")]
    assert main([*line, "--set", "steps=1", "--set", "batch=2"]) == 0
    card = open_model(tmp_path / "mine" / "model").card
    assert (card.task, card.parent) == ("segmentation", "infant_mask")


def test_ctrl_c_leaves_a_checkpoint_that_the_training_goes_on_from(
    poses, tmp_path, capsys, monkeypatch
):
    shown = []

    def interrupting(self, progress):
        shown.append(progress)
        if progress.note == "training" and progress.done == 2:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(ProgressLine, "show", interrupting)
    before = signal.getsignal(signal.SIGINT)
    out = tmp_path / "mine"
    line = ["train", "prior", "--data", f"poses={poses}", "--out", str(out)]
    options = ["--set", "steps=6", "--set", "batch=8", "--set", "noisy_poses=200"]
    assert main([*line, *options]) == 3
    assert signal.getsignal(signal.SIGINT) is before
    assert "stopping at the next checkpoint" in capsys.readouterr().err
    assert not (out / "model").exists()

    assert main([*line, *options]) == 2
    assert "holds an unfinished training; add --resume" in capsys.readouterr().err
    assert main([*line, *options, "--resume"]) == 0
    done = [one.done for one in shown if one.note == "training"]
    assert done == [1, 2, 3, 4, 5, 6]  # nothing twice
    assert main([*line, *options, "--resume"]) == 2
    assert "holds a finished model" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["prior"], "--data"),
        (["posture"], "posture"),
        (["prior", "--data", "x=y", "--out", "o"], "--data x=y: give it as NAME=ROOT"),
        (["prior", "--data", "poses=gone.npz", "--out", "o"], "gone.npz: not a file of poses"),
        (["kp2seg", "--data", "coco=gone", "--out", "o"], "only synthetic sets have full"),
        (["prior", "--data", "coco=gone", "--out", "o", "--recipe", "x"], "x: no recipe of this"),
        (["prior", "--data", "coco=gone", "--out", "o", "--set", "stepz=1"], "stepz is no key"),
        (["prior", "--data", "coco=gone", "--out", "o", "--set", "steps=0"], "steps: Input should"),
        (["prior", "--data", "coco=gone", "--out", "o", "--resume"], "no training to go on with"),
        (["prior", "--data", "coco=gone", "--out", "o"], "gone: holds 0 JSON files"),
    ],
)
def test_a_mistake_is_one_line_and_exit_status_2(options, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["train", *options]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert sentence in captured.err
    assert not (tmp_path / "o" / "model").exists()


def test_the_authors_layout_is_written_by_its_suffix(tmp_path, capsys):
    small_prior_folder(tmp_path / "prior")
    assert main(["models", "export", str(tmp_path / "prior"), str(tmp_path / "theirs.pt")]) == 0
    said = capsys.readouterr().out
    assert "theirs.pt: it expects poses turned upright" in said
    assert main(["models", "import", str(tmp_path / "theirs.pt"), "--as", "theirs"]) == 0
    assert "theirs: pose_prior_authors, ready to use" in capsys.readouterr().out
