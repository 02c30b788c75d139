"""SURREAL is cut as the authors cut it, and its mirrored sides are put right."""

import json
import random
from pathlib import Path

import pytest

from core.datasets.surreal import read_surreal
from core.errors import BadInput
from tests.core.datasets.published import authors_joints, joint_at, write_surreal

AUTHORS = [7, 4, 1, 2, 5, 8, 0, 9, 12, 15, 20, 18, 13, 14, 19, 21]


def test_sides_are_as_seen_and_the_authors_keep_theirs(tmp_path: Path) -> None:
    write_surreal(tmp_path)
    image = read_surreal(tmp_path)[0]
    names = ("left_ankle", "right_ankle", "left_shoulder", "right_shoulder", "neck", "head")
    assert [joint_at(image, name) for name in names] == [8, 7, 17, 16, 12, 15]
    assert authors_joints(image) == AUTHORS


def test_shuffle_and_cut_are_the_authors(tmp_path: Path) -> None:
    write_surreal(tmp_path)
    every = [f"{run:02}_01_c0001_{frame}.jpg" for run in range(3) for frame in range(4)]
    random.Random(42).shuffle(every)
    found = {
        split: [image.path.name for image in read_surreal(tmp_path, split)]
        for split in ("train", "test", "val")
    }
    assert found == {"test": every[:2], "train": every[2:], "val": every}


def test_frames_of_one_film_are_one_group(tmp_path: Path) -> None:
    write_surreal(tmp_path)
    groups = {image.path.parent.name: image.group for image in read_surreal(tmp_path, "val")}
    assert groups == {f"run{run}": f"{run:02}_01_c0001" for run in range(3)}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("not json", "run1.json: not a list of samples"),
        (json.dumps([{"name": "a.jpg"}]), "run1.json: not a list of samples"),
        (json.dumps(3), "run1.json: not a list of samples"),
        (json.dumps([{"name": "a.jpg", "keypoint2d": [[1, 2]]}]), "a.jpg: 1 joints, where SMPL"),
    ],
)
def test_another_layout_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    write_surreal(tmp_path)
    (tmp_path / "val" / "run1.json").write_text(content)
    with pytest.raises(BadInput, match=sentence):
        read_surreal(tmp_path, "val")


def test_a_missing_run_is_named(tmp_path: Path) -> None:
    write_surreal(tmp_path)
    (tmp_path / "test" / "run2.json").unlink()
    with pytest.raises(BadInput, match=r"run2.json: cannot be read.*root holds train, val and"):
        read_surreal(tmp_path)
