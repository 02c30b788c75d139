import json
from pathlib import Path

import pytest

from core.errors import BadInput
from core.training.data_source import DataSource


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("coco=a/b", DataSource("coco", Path("a/b"))),
        ("coco:train=a=b", DataSource("coco", Path("a=b"), "train")),
        ("synthetic:=x", DataSource("synthetic", Path("x"))),
    ],
)
def test_a_source_is_named_before_its_place(text, expected):
    assert DataSource.parse(text) == expected


@pytest.mark.parametrize("text", ["coco", "coco=", "photos=x", "=x", ""])
def test_anything_else_is_refused_with_the_names_that_there_are(text):
    with pytest.raises(BadInput, match=r"NAME is one of coco, .*, pictures, masks, syrip"):
        DataSource.parse(text)


def test_a_folder_with_one_json_file_is_read(tmp_path):
    with pytest.raises(BadInput, match="holds 0 JSON files"):
        DataSource("coco", tmp_path).read_photographs()
    (tmp_path / "labels.json").write_text(json.dumps({"images": [], "annotations": []}))
    with pytest.raises(BadInput, match=r"labels\.json: not COCO person keypoints"):
        DataSource("coco", tmp_path).read_photographs()


def test_a_card_does_not_name_folders_of_this_machine():
    assert str(DataSource("coco", Path("home/me/set"), "train")) == "coco:train (set)"


def test_a_plain_folder_is_one_of_shards(tmp_path):
    odd = tmp_path / "a=b"
    odd.mkdir()
    assert DataSource.parse_or_shards(str(odd), "--source") == DataSource("synthetic", odd)
    assert DataSource.parse_or_shards("gone", "--source").name == "synthetic"
    assert DataSource.parse_or_shards("lsp=gone", "--source") == DataSource("lsp", Path("gone"))
    with pytest.raises(BadInput, match="--source photos=gone: give it as"):
        DataSource.parse_or_shards("photos=gone", "--source")


def test_a_request_names_the_split_that_is_taken_by_custom():
    assert DataSource("lsp", Path("a")).as_given == "lsp:train=a"
    assert DataSource("coco", Path("a")).as_given == "coco=a"
    assert DataSource("coco", Path("a"), "measure").as_given == "coco:measure=a"
