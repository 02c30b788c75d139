"""`shift-pose models`: one line for each answer, one line on stderr for each refusal."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from core.cli.main import main
from core.models.library import ModelLibrary
from core.networks.blazepose import BlazePoseMask
from tests.core.networks.authors_network import save_checkpoint


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    file = tmp_path_factory.mktemp("authors") / "best.pth"
    return save_checkpoint(file, BlazePoseMask(), BlazePoseMask(), epoch=69)


def test_a_checkpoint_is_imported_listed_shown_exported_and_removed(checkpoint, tmp_path, capsys):
    assert main(["models", "import", str(checkpoint), "--as", "theirs"]) == 0
    said = capsys.readouterr().out
    assert "took the teacher's weights, not the student's: epoch 69" in said
    assert "theirs: blazepose_full_mask, ready to use" in said

    assert main(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in lines] == [
        ["infant_mask", "segmentation", "shipped"],
        ["infant_pose", "pose", "shipped"],
        ["infant_prior", "prior", "shipped"],
        ["kp2seg", "kp2seg", "shipped"],
        ["movenet_thunder", "pose", "shipped"],
        ["theirs", "segmentation", "yours"],
    ]

    assert main(["models", "show", "theirs"]) == 0
    assert 'architecture = "blazepose_full_mask"' in capsys.readouterr().out

    file = tmp_path / "theirs.zip"
    assert main(["models", "export", "theirs", str(file)]) == 0
    assert main(["models", "remove", "theirs"]) == 0
    assert main(["models", "import", str(file), "--as", "back"]) == 0
    folder = ModelLibrary.standard().find("back").path
    assert main(["models", "import", str(folder), "--as", "copy"]) == 0
    assert ModelLibrary.standard().names()[5:] == ["back", "copy"]


def test_the_other_weights_can_be_asked_for(checkpoint, capsys):
    command = ["models", "import", str(checkpoint), "--as", "theirs", "--weights", "student"]
    assert main(command) == 0
    assert "took the student's weights" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["show", "missing"], "missing: no model of this name"),
        (["remove", "movenet_thunder"], "comes with the program"),
        (["import", "missing.pth", "--as", "x"], "missing.pth: there is no such file"),
        (["import", "missing.pth", "--as", "movenet_thunder"], "already there"),
        (["import", "missing.pth", "--as", "a/b"], "not a model name"),
        (["import", "missing.pth"], "--as"),
        (["import", "x.pth", "--as", "x", "--arch", "hrnet"], "hrnet"),
        (["export", "missing", "x.zip"], "no model of this name"),
        ([], "ACTION"),
    ],
)
def test_a_mistake_is_one_line_and_exit_status_2(command, sentence, capsys):
    assert main(["models", *command]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert sentence in captured.err


def test_a_broken_model_is_listed_with_its_fault_and_hides_no_other(home, capsys):
    (home / "models" / "odd").mkdir(parents=True)
    (home / "models" / "odd" / "card.toml").write_text("card_version = 99")
    assert main(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert "odd" in lines[-1]
    assert "cannot be used: " in lines[-1]
    assert "newer version" in lines[-1]


def test_listing_loads_no_torch(home):
    probe = (
        "import sys; from core.cli.main import main; main(['models', 'list']);"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_a_model_is_renamed_noted_put_aside_and_brought_back(checkpoint, capsys):
    main(["models", "import", str(checkpoint), "--as", "theirs"])
    assert main(["models", "rename", "theirs", "Ward 3"]) == 0
    assert main(["models", "note", "theirs", "after the new lamp"]) == 0
    capsys.readouterr()
    main(["models", "show", "theirs"])
    shown = capsys.readouterr().out
    assert 'title = "Ward 3"' in shown
    assert 'note = "after the new lamp"' in shown
    assert main(["models", "trash", "theirs"]) == 0
    assert "theirs" not in ModelLibrary.standard().names()
    assert main(["models", "restore", "theirs"]) == 0
    assert main(["models", "show", "theirs"]) == 0
    assert main(["models", "trash", "movenet_thunder"]) == 2
