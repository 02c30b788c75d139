"""MINI-RGBD is read from its folders and from the authors' file alike."""

from pathlib import Path

import pytest

from core.datasets.minirgbd import read_minirgbd
from core.errors import BadInput
from tests.core.datasets.published import (
    authors_joints,
    joint_at,
    write_minirgbd,
    write_minirgbd_of_authors,
)

AUTHORS = [7, 4, 1, 2, 5, 8, 6, 9, 12, 15, 20, 18, 16, 17, 19, 21]


def test_two_infants_are_held_out_and_ten_are_for_training(tmp_path: Path) -> None:
    write_minirgbd(tmp_path)
    subjects = {
        split: {image.subject for image in read_minirgbd(tmp_path, split)}
        for split in ("validate", "train", "prior")
    }
    assert subjects["validate"] == {"11", "12"}
    assert subjects["train"] == {f"{n:02}" for n in range(1, 11)}
    assert subjects["prior"] == {"01", "03", "05", "07", "09"}
    first, second, *_ = read_minirgbd(tmp_path)
    assert (first.path.name, second.path.name) == ("syn_00000.png", "syn_00001.png")
    assert first.group == "11"


def test_left_is_the_infants_left(tmp_path: Path) -> None:
    write_minirgbd(tmp_path, sequences=(11, 12), frames=1)
    image = read_minirgbd(tmp_path)[0]
    names = ("left_shoulder", "right_shoulder", "left_ankle", "right_wrist", "neck", "head")
    assert [joint_at(image, name) for name in names] == [16, 17, 7, 21, 12, 15]
    assert authors_joints(image) == AUTHORS


def test_the_authors_file_says_the_same_as_the_folders(tmp_path: Path) -> None:
    write_minirgbd_of_authors(tmp_path)
    images = read_minirgbd(tmp_path)
    assert [image.path.parts[-3:] for image in images] == [
        ("11", "rgb", "syn_00001.png"),
        ("12", "rgb", "syn_00001.png"),
    ]
    assert joint_at(images[0], "left_shoulder") == 16
    assert authors_joints(images[1]) == AUTHORS
    assert len(read_minirgbd(tmp_path, "train")) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 2 3\n" * 24, "24 joints, where MINI-RGBD has 25"),
        ("one two\n" * 25, "not a table of joints"),
        ("1 2 3\n4\n", "not a table of joints"),
        ("", "0 joints, where MINI-RGBD has 25"),
    ],
)
def test_another_table_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    write_minirgbd(tmp_path, sequences=(11, 12), frames=1)
    (tmp_path / "11" / "joints_2Ddep" / "syn_joints_2Ddep_00000.txt").write_text(text)
    with pytest.raises(BadInput, match=f"00000.txt: {sentence}"):
        read_minirgbd(tmp_path)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    write_minirgbd(tmp_path, sequences=(11,), frames=1)
    with pytest.raises(BadInput, match=r"joints_2Ddep: missing; MINI-RGBD's root holds"):
        read_minirgbd(tmp_path)
    write_minirgbd(tmp_path, sequences=(12,), frames=1)
    (tmp_path / "12" / "rgb" / "syn_00000.png").unlink()
    with pytest.raises(BadInput, match=r"syn_00000.png: does not exist"):
        read_minirgbd(tmp_path)
