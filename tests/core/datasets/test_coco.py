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


def test_what_a_file_knows_besides_is_kept(labelled_set: Path, content: dict[str, Any]) -> None:
    content["annotations"][0]["area"] = 1234.5
    content["images"][0]["subject"] = 7
    (labelled_set / "labels.json").write_text(json.dumps(content))
    first, second, _ = read(labelled_set)
    assert (first.area, first.subject, first.group) == (1234.5, "7", "1")
    assert (second.area, second.subject, second.head_length) == (None, None, None)


def test_a_top_of_the_head_gives_its_length(labelled_set: Path, content: dict[str, Any]) -> None:
    content["categories"][0]["keypoints"][:2] = ["neck", "head_top"]
    content["annotations"][0]["keypoints"][:6] = [10.0, 10.0, 2, 13.0, 14.0, 2]
    content["annotations"][1]["keypoints"][:6] = [10.0, 10.0, 2, 13.0, 14.0, 0]
    (labelled_set / "labels.json").write_text(json.dumps(content))
    first, second, _ = read(labelled_set)
    assert first.head_length == pytest.approx(5)
    assert second.head_length is None


@pytest.mark.parametrize("bbox", [[0, 0, 0, 0], [5, 5, float("nan"), 9]])
def test_a_box_that_nobody_drew_is_laid_around_the_points(
    labelled_set: Path, content: dict[str, Any], bbox: list[float]
) -> None:
    content["annotations"][0]["bbox"] = bbox
    content["annotations"][1].update(bbox=bbox, keypoints=[9.0, 9.0, 2.0] + [0.0] * 48)
    (labelled_set / "labels.json").write_text(json.dumps(content))
    with pytest.raises(BadInput, match="image 2 has neither a box nor two keypoints"):
        read(labelled_set)
    content["annotations"].pop(1)
    (labelled_set / "labels.json").write_text(json.dumps(content))
    xy = read(labelled_set)[0].labels.xy[0]
    assert read(labelled_set)[0].box.width == pytest.approx(1.2 * np.ptp(xy[:, 0]), rel=1e-5)


def test_a_point_without_a_label_is_nowhere(labelled_set: Path, content: dict[str, Any]) -> None:
    knee = content["categories"][0]["keypoints"].index("left_knee")
    content["annotations"][0]["keypoints"][3 * knee : 3 * knee + 3] = [0.0, 0.0, 0.0]
    content["annotations"][1]["keypoints"][3 * knee] = float("nan")
    (labelled_set / "labels.json").write_text(json.dumps(content))
    for item in read(labelled_set)[:2]:
        at = item.labels.names.index("left_knee")
        assert item.labels.confidence[0, at] == 0
        assert np.isnan(item.authors_xy[at]).all()
        assert np.isfinite(item.authors_xy).all(axis=1).sum() == 15
