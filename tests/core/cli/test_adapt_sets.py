"""`shift-pose adapt` to data sets: their labels stay hidden, and a mistake is one line."""

import json

import numpy as np
import pytest

from core.cli.main import main
from core.models.model_folder import open_model
from core.training.data.canvas_set import open_canvases
from tests.core.datasets.published import cut_short, write_lsp, write_minirgbd, write_surreal
from tests.core.training.priors.trained import write_shard

TINY = ["--recipe", "quick", "--set", "steps=1", "--set", "batch=2", "--set", "framing=whole"]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    for name in ("surreal", "minirgbd", "lsp"):
        (folder / name).mkdir()
    write_surreal(folder / "surreal", crops=1)
    write_minirgbd(folder / "minirgbd", frames=1)
    write_lsp(folder / "lsp")
    write_shard(folder / "shards.tar", 3)
    return folder


def adapt(*words):
    return main(["adapt", *TINY, *map(str, words)])


def test_labels_of_a_target_are_hidden_and_the_request_names_the_data(data, tmp_path):
    sources = ["--source", data / "shards.tar", "--source", f"lsp={data / 'lsp'}"]
    target = ["--target", f"minirgbd={data / 'minirgbd'}", "--set", "frames=4"]
    assert adapt(*sources, *target, "--out", tmp_path / "job") == 0
    hidden, shown = (open_canvases(tmp_path / "job" / name) for name in ("target", "source"))
    assert np.isnan(hidden.xy).all()
    assert hidden.groups == ("02", "04", "07", "09")  # four, spread over the ten
    assert len(shown) == 6
    request = json.loads((tmp_path / "job" / "inputs.json").read_text())
    assert list(request["targets"]) == [f"minirgbd:train={data / 'minirgbd'}"]
    assert list(request["sources"]) == [
        f"synthetic={data / 'shards.tar'}",
        f"lsp:train={data / 'lsp'}",
    ]
    assert all(len(mark) == 32 for mark in request["sources"].values())


def test_an_oracle_learns_from_the_target_and_prepares_no_source(data, tmp_path):
    target = ["--target", f"lsp:all={data / 'lsp'}", "--set", "mode=oracle"]
    assert adapt(*target, "--out", tmp_path / "job") == 0
    found = open_canvases(tmp_path / "job" / "target")
    assert np.isfinite(found.xy[..., 0]).sum(axis=1).min() >= 10
    assert not (tmp_path / "job" / "source").exists()
    assert open_model(tmp_path / "job" / "model").card.parent == "infant_pose"


def test_changed_labels_do_not_go_on(data, tmp_path, capsys):
    root = tmp_path / "mini"
    root.mkdir()
    write_minirgbd(root, frames=1)
    words = ["--source", data / "shards.tar", "--target", f"minirgbd={root}"]
    assert adapt(*words, "--out", tmp_path / "job", "--set", "frames=2") == 0
    labels = root / "03" / "joints_2Ddep" / "syn_joints_2Ddep_00000.txt"
    labels.write_text(labels.read_text().replace("20.0", "21.0"))
    capsys.readouterr()
    assert adapt(*words, "--out", tmp_path / "job", "--set", "frames=2", "--resume") == 2
    assert "another job began here (its targets differ)" in capsys.readouterr().err


def problem_of(capsys, *words):
    assert adapt(*words) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "name a recording, or a data set with --target"),
        (["--target", "mini"], "--target mini: give it as NAME=ROOT"),
        (["--target", "lsp=gone"], "gone: not a folder"),
        (["--target", "poses=p.npz"], "poses without pictures"),
        (["--target", "lsp={data}/lsp", "--source", "photos=x"], "--source photos=x: give it as"),
        (["--target", "lsp={data}/lsp", "--source", "x"], "no such folder or shard"),
        (["--target", "lsp={data}/lsp", "--set", "framing=x"], "framing: Input should be"),
        (["--target", "lsp={data}/lsp", "--set", "weights.source=0", "--set", "mode=source"],
         "every term of the loss that mode source uses has weight 0"),
        (["--target", "lsp:x={data}/lsp"], "no split 'x'"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line(data, tmp_path, capsys, words, sentence):
    filled = [word.format(data=data) for word in words]
    assert sentence in problem_of(capsys, *filled, "--out", tmp_path / "job")


def test_an_oracle_without_labels_is_refused(data, demo_recording, tmp_path, capsys):
    out = ["--out", tmp_path / "job", "--set", "mode=oracle"]
    said = problem_of(capsys, demo_recording, *out)
    assert "mode oracle learns from the target's labels" in said
    (tmp_path / "set").mkdir()
    content = {
        "images": [{"id": 1, "file_name": "a.png", "width": 9, "height": 9}],
        "annotations": [],
        "categories": [],
    }
    (tmp_path / "set" / "labels.json").write_text(json.dumps(content))
    said = problem_of(capsys, "--target", f"coco={tmp_path / 'set'}", *out)
    assert "no image with labelled keypoints" in said


def test_damage_and_empty_pictures_are_named(data, tmp_path, capsys):
    root = tmp_path / "mini"
    root.mkdir()
    write_minirgbd(root, frames=1)
    words = ["--source", data / "shards.tar", "--target", f"minirgbd={root}", "--set", "frames=2"]
    found = ["--set", "framing=found", "--out", tmp_path / "a"]
    assert "finds an infant in none of 2 pictures" in problem_of(capsys, *words, *found)
    for path in root.glob("*/rgb/*.png"):
        cut_short(path)
    said = problem_of(capsys, *words, "--out", tmp_path / "b")
    assert "syn_00000.png: is not an image that can be read" in said
