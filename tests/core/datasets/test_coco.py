"""COCO's layout is read, and whatever else is refused in a sentence."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.datasets.coco import read_coco
from core.errors import BadInput


def read(folder: Path, split: str | None = None) -> Any:
    return read_coco(folder / "labels.json", folder, split)


def test_labels_become_the_sixteen_keypoints(labelled_set: Path) -> None:
    first, _, third = read(labelled_set)
    assert first.labels.xy.shape == (1, 16, 2)
    assert first.labels.confidence.min() == 1
    head = first.labels.names.index("head")
    assert third.labels.confidence[0, head] == 0, "an ear is missing, so the head is"
    assert np.isnan(third.labels.xy[0, head]).all()
    assert first.padded_side == 400


def test_a_split_is_chosen_by_name(labelled_set: Path) -> None:
    assert [item.id for item in read(labelled_set, "train")] == [1, 2]
    with pytest.raises(BadInput, match=r"no split 'test'; it has: measure, train"):
        read(labelled_set, "test")


def test_the_best_labelled_person_counts(labelled_set: Path, content: dict[str, Any]) -> None:
    poor = dict(content["annotations"][0], keypoints=[0.0] * 48 + [5.0, 5.0, 2.0])
    crowd = dict(content["annotations"][0], iscrowd=1, bbox=[0, 0, 999, 999])
    content["annotations"] = [poor, crowd, *content["annotations"]]
    (labelled_set / "labels.json").write_text(json.dumps(content))
    assert read(labelled_set)[0].labels.confidence.min() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("not json", "not a JSON file"),
        ("[1, 2]", "not COCO person keypoints"),
        ('{"images": []}', "annotations: Field required"),
        ('{"images": [], "annotations": [], "categories": []}', "no image with labelled"),
    ],
)
def test_another_layout_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "labels.json").write_text(text)
    with pytest.raises(BadInput, match=sentence) as refusal:
        read(tmp_path)
    assert "labels.json" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_and_a_missing_image_are_named(labelled_set: Path) -> None:
    with pytest.raises(BadInput, match=r"other.json: cannot be read"):
        read_coco(labelled_set / "other.json", labelled_set)
    (labelled_set / "2.png").unlink()
    with pytest.raises(BadInput, match=r"2.png: image missing"):
        read(labelled_set)


def test_labels_that_do_not_fit_their_names_are_refused(
    labelled_set: Path, content: dict[str, Any]
) -> None:
    content["annotations"][0]["keypoints"] = [1.0, 2.0, 2.0]
    (labelled_set / "labels.json").write_text(json.dumps(content))
    with pytest.raises(BadInput, match="image 1 has 3 keypoint numbers"):
        read(labelled_set)
