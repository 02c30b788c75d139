"""Both Leeds Sports Pose sets are read from `joints.mat`, and told apart by its shape."""

from pathlib import Path

import numpy as np
import pytest

from core.datasets.lsp import read_lsp
from core.errors import BadInput
from tests.core.datasets.published import (
    authors_joints,
    joint_at,
    write_lsp,
    write_lsp_extended,
    write_matlab_array,
)


def test_sides_are_by_name_and_the_top_of_the_head_is_no_head(tmp_path: Path) -> None:
    write_lsp(tmp_path)
    image = read_lsp(tmp_path)[1]
    names = ("left_ankle", "right_ankle", "left_wrist", "right_shoulder", "neck", "head")
    assert [joint_at(image, name) for name in names] == [5, 0, 11, 8, 12, None]
    assert image.head_length == pytest.approx(np.hypot(10, 83))


def test_the_authors_leave_hidden_joints_and_their_fillers_out(tmp_path: Path) -> None:
    write_lsp(tmp_path)
    first, second, *_ = read_lsp(tmp_path)
    whole = [0, 1, 2, 3, 4, 5, None, None, 12, 13, 6, 7, 8, 9, 10, 11]
    assert authors_joints(second) == whole
    assert authors_joints(first) == [*whole[:-1], None]
    assert joint_at(first, "left_wrist") == 11, "hidden, but labelled"


def test_the_original_has_a_thousand_images_to_train(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.datasets.lsp._TRAIN", 2)
    write_lsp(tmp_path)
    found = {s: [image.path.name for image in read_lsp(tmp_path, s)] for s in ("train", "test")}
    assert found == {"train": ["im0001.jpg", "im0002.jpg"], "test": ["im0003.jpg"]}
    assert len(read_lsp(tmp_path, "all")) == 3


def test_what_nobody_labelled_in_the_extension_is_missing(tmp_path: Path) -> None:
    write_lsp_extended(tmp_path)
    (image,) = read_lsp(tmp_path)
    assert image.path.name == "im00001.jpg"
    assert joint_at(image, "left_wrist") is None
    assert joint_at(image, "left_elbow") == 10
    assert authors_joints(image)[-1] is None
    with pytest.raises(BadInput, match="no split 'test'"):
        read_lsp(tmp_path, "test")


@pytest.mark.parametrize("shape", [(3, 16, 4), (14, 3), (14, 2, 5), (1, 14, 3)])
def test_other_tables_are_refused(tmp_path: Path, shape: tuple[int, ...]) -> None:
    write_matlab_array(tmp_path / "joints.mat", "joints", np.zeros(shape))
    with pytest.raises(BadInput, match=r"joints.mat: joints of shape .*, where LSP has 14 x 3"):
        read_lsp(tmp_path)


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"joints.mat: cannot be read \(No such file"):
        read_lsp(tmp_path)
    write_lsp(tmp_path)
    (tmp_path / "images" / "im0002.jpg").unlink()
    with pytest.raises(BadInput, match=r"im0002.jpg: does not exist"):
        read_lsp(tmp_path)
