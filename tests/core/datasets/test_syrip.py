"""SyRIP is read in its official layout and from the authors' file alike."""

from pathlib import Path

import numpy as np
import pytest

from core.datasets.syrip import read_syrip
from core.errors import BadInput
from tests.core.datasets.published import (
    COCO,
    authors_joints,
    joint_at,
    joints,
    write_syrip,
    write_syrip_of_authors,
)

IDS = {"validate": [0, 1], "train": [10000], "prior": [1, 2]}
AUTHORS = [15, 13, 11, 12, 14, 16, 0, 0, 0, 0, 9, 7, 5, 6, 8, 10]


@pytest.mark.parametrize("write", [write_syrip, write_syrip_of_authors])
def test_splits_are_the_authors(tmp_path: Path, write) -> None:
    write(tmp_path)
    found = {split: [image.id for image in read_syrip(tmp_path, split)] for split in IDS}
    assert found == IDS


@pytest.mark.parametrize("write", [write_syrip, write_syrip_of_authors])
def test_left_is_the_infants_left_and_the_nose_is_nobodys_neck(tmp_path: Path, write) -> None:
    write(tmp_path)
    image = read_syrip(tmp_path)[0]
    for name in ("left_ankle", "right_ankle", "left_shoulder", "right_wrist"):
        assert joint_at(image, name) == COCO.index(name)
    at = image.labels.names.index
    assert image.labels.xy[0, at("neck")] == pytest.approx(joints(17)[5:7].mean(axis=0))
    assert image.labels.xy[0, at("head")] == pytest.approx(joints(17)[3:5].mean(axis=0))
    assert authors_joints(image) == AUTHORS
    assert image.path.name == "test0.jpg"


def test_the_mark_of_a_missing_joint_is_no_place(tmp_path: Path) -> None:
    write_syrip_of_authors(tmp_path)
    partly = read_syrip(tmp_path)[1]
    assert joint_at(partly, "left_knee") is None
    assert joint_at(partly, "right_knee") == COCO.index("right_knee")
    assert authors_joints(partly)[1] is None
    assert min(partly.box.x, partly.box.y) > 0


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no annotations.*person_keypoints_validate_infant\.json"):
        read_syrip(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        {"test": {}},
        {"validate": [1, 2]},
        {"validate": {0: np.zeros((16, 2))}},
        {"validate": {"zero": np.zeros((17, 2))}},
        {"validate": {0: "nose"}},
    ],
)
def test_another_dictionary_is_refused(tmp_path: Path, content) -> None:
    np.save(tmp_path / "SyRIP_all.npy", np.array(content, dtype=object), allow_pickle=True)
    with pytest.raises(BadInput, match=r"SyRIP_all.npy: not the authors' annotations of SyRIP"):
        read_syrip(tmp_path)


def test_a_missing_image_is_named(tmp_path: Path) -> None:
    write_syrip_of_authors(tmp_path)
    (tmp_path / "images/train_infant/train00002.jpg").unlink()
    with pytest.raises(BadInput, match=r"train00002.jpg: does not exist"):
        read_syrip(tmp_path, "prior")
