"""Published sets are found by name, and mistakes are told apart."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.datasets.catalogue import PUBLISHED, read_published
from core.errors import BadInput
from tests.core.datasets.published import (
    SIZE,
    write_coco,
    write_lsp,
    write_minirgbd,
    write_surreal,
    write_syrip,
    write_syrip_images,
)

WRITERS: dict[str, Callable[[Path], None]] = {
    "syrip": write_syrip,
    "minirgbd": write_minirgbd,
    "surreal": write_surreal,
    "lsp": write_lsp,
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_set_is_read_by_its_name(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.datasets.lsp._TRAIN", 2)
    WRITERS[name](tmp_path)
    for split in PUBLISHED[name].splits:
        images = read_published(name, tmp_path, split)
        assert all(image.path.is_file() for image in images)
        assert {(image.width, image.height) for image in images} == {SIZE}
        assert len({image.id for image in images}) == len(images)


def test_the_scored_split_is_the_authors_test(tmp_path: Path) -> None:
    scored = {name: known.scored_split for name, known in PUBLISHED.items()}
    assert scored == {
        "syrip": "validate", "minirgbd": "validate", "surreal": "test", "lsp": "all",
    }  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHED)
def test_an_unknown_split_is_refused_with_those_that_are_known(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=r"no split 'mine'; it has: \w+, \w+"):
        read_published(name, tmp_path, "mine")


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_folder_that_is_not_there_and_an_empty_one_are_refused(tmp_path: Path, name: str) -> None:
    split = PUBLISHED[name].scored_split
    with pytest.raises(BadInput, match=r"none: not a folder"):
        read_published(name, tmp_path / "none", split)
    with pytest.raises(BadInput) as refusal:
        read_published(name, tmp_path, split)
    assert str(tmp_path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_split_without_images_is_refused(tmp_path: Path) -> None:
    only_real = [(1, "train00001.jpg")]
    write_coco(tmp_path / "annotations/200R/person_keypoints_train_infant.json", only_real)
    write_syrip_images(tmp_path)
    with pytest.raises(BadInput, match="no labelled image of split 'train'; is SyRIP complete"):
        read_published("syrip", tmp_path, "train")
