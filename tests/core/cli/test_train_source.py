"""`shift-pose train source`: one line for each mistake, and nothing of it left to mislead."""

import json

import pytest
import torch
from PIL import Image

from core.cli.main import main
from core.models.model_folder import open_model
from core.shards.pack import source_pack_folder
from core.training.data.pictures import open_pictures
from core.training.data_source import DataSource
from tests.core.datasets.published import cut_short, write_lsp, write_minirgbd, write_surreal
from tests.core.shards.conftest import write_set

TINY = ["--recipe", "paper", "--set", "architecture=pose_resnet18", "--set", "steps=1"]


@pytest.fixture
def lsp(tmp_path):
    folder = tmp_path / "lsp"
    folder.mkdir()
    write_lsp(folder)
    return folder


def problem_of(capsys, data, *options, out):
    assert main(["train", "source", "--data", data, "--out", str(out), *TINY, *options]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert not (out / "model").exists()
    return said.err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--base", "movenet_thunder"], "a movenet_thunder, where the recipe's architecture is"),
        (["--base", "nobody"], "nobody: no model of this name"),
        (["--base", "infant_mask", "--set", "architecture=''"], "a segmentation network"),
        (["--set", "architecture=resnet"], "architecture: Input should be"),
        (["--set", "backbone_weights=gone.pth"], "gone.pth"),
        (["--set", "framing=near"], "framing: Input should be"),
        (["--set", "mode=all"], "mode is no key of a source recipe"),
        (["--resume"], "no training to go on with"),
    ],
)
def test_a_mistake_is_one_line(lsp, tmp_path, capsys, options, sentence):
    assert sentence in problem_of(capsys, f"lsp={lsp}", *options, out=tmp_path / "out")
    assert not (tmp_path / "out" / "inputs.json").exists()


def test_a_missing_annotation_is_named(tmp_path, capsys):
    write_surreal(tmp_path, crops=1)
    (tmp_path / "train" / "run1.json").unlink()
    said = problem_of(capsys, f"surreal={tmp_path}", out=tmp_path / "out")
    assert "run1.json: cannot be read" in said
    assert "SURREAL's root holds" in said


def test_a_truncated_image_is_named(lsp, tmp_path, capsys):
    cut_short(lsp / "images" / "im0002.jpg")
    said = problem_of(capsys, f"lsp={lsp}", out=tmp_path / "out")
    assert "im0002.jpg: is not an image that can be read, or it is damaged" in said


def test_labels_outside_every_picture_are_said(tmp_path, capsys):
    write_minirgbd(tmp_path, frames=1)
    for labels in tmp_path.glob("*/joints_2Ddep/*.txt"):
        labels.write_text("".join(f"{700 + n} {n} 1 {n}\n" for n in range(25)))
    said = problem_of(capsys, f"minirgbd={tmp_path}", out=tmp_path / "out")
    assert "in none of its 10 pictures lie enough labels" in said


def test_poses_and_unknown_splits_are_refused(lsp, tmp_path, capsys):
    assert "poses without pictures" in problem_of(capsys, "poses=p.npz", out=tmp_path / "a")
    assert "no split 'x'" in problem_of(capsys, f"lsp:x={lsp}", out=tmp_path / "b")


def test_weights_that_ask_for_code_are_refused(lsp, tmp_path, capsys):
    class Evil:
        def __reduce__(self):
            return (print, ("ran",))

    torch.save({"conv1.weight": Evil()}, tmp_path / "evil.pth")
    options = ["--set", f"backbone_weights={tmp_path / 'evil.pth'}"]
    assert "refused" in problem_of(capsys, f"lsp={lsp}", *options, out=tmp_path / "out")


def test_another_base_does_not_go_on_from_a_checkpoint(lsp, tmp_path, capsys):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "checkpoint.pt").write_bytes(b"")
    about = {"kind": "source", "recipe": {}, "data": {}, "start": {}}
    (folder / "inputs.json").write_text(json.dumps(about))
    said = problem_of(capsys, f"lsp={lsp}", "--resume", out=folder)
    assert "another job began here (its recipe, data, start, order differ)" in said


def test_the_shipped_network_s_recipe_learns_from_all_four_kinds(lsp, tmp_path):
    """As docs/model-card.md has it, for one step, with small sets."""
    infants = DataSource("synthetic", source_pack_folder() / "infants.tar")
    (tmp_path / "unlabelled").mkdir()
    picture = open_pictures(infants).readers[0]().image
    Image.fromarray(picture).save(tmp_path / "unlabelled" / "one.png")
    shards = write_set(tmp_path / "shards")
    data = [f"lsp={lsp}", f"lsp={lsp}", f"synthetic={shards}", f"pictures={tmp_path}/unlabelled"]
    line = ["train", "source", "--recipe", "infants", "--base", "movenet_thunder"]
    changes = ["--set", "steps=1", "--set", "teacher=infant_pose"]
    out = tmp_path / "out"
    assert main([*line, "--data", *data, *changes, "--out", str(out)]) == 0
    card = open_model(out / "model").card
    assert (card.skeleton, card.parent) == ("infant16", "movenet_thunder")
    assert "pictures (unlabelled)" in card.training_data
