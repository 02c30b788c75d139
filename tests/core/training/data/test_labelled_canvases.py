import numpy as np
import pytest

from core.datasets.coco import read_coco
from core.shards.reader import ShardSet
from core.training.data.labelled_canvases import (
    crop_of_labels,
    photograph_canvases,
    synthetic_canvases,
)
from tests.core.shards.conftest import write_set


def drained(work):
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def test_synthetic_people_become_canvases_with_labels_and_masks(tmp_path):
    shards = ShardSet.open(write_set(tmp_path / "set"))
    found = drained(synthetic_canvases(shards))
    assert 0 < len(found) <= len(shards)
    assert set(found.groups) == {"infant"}
    labelled = np.isfinite(found.xy[..., 0]).sum(axis=1)
    assert labelled.min() >= 6
    assert ((found.infant == 255) | (found.infant <= 200)).all()


def test_keypoints_outside_their_picture_are_not_learned_from(tmp_path):
    shards = ShardSet.open(write_set(tmp_path / "set"))
    found = drained(synthetic_canvases(shards))
    by_index = {
        int(name.split("-")[-1]): xy for name, xy in zip(found.names, found.xy, strict=True)
    }
    for number in range(len(shards)):
        labels = shards.labels(number)
        if labels.index in by_index:
            outside = np.array(labels.visibility) == 0
            assert np.isnan(by_index[labels.index][outside]).all()


def test_photographs_become_canvases_where_their_labels_are(labelled_set):
    images = read_coco(labelled_set / "labels.json", labelled_set)
    found = drained(photograph_canvases(images))
    assert len(found) == 3
    ankle = found.xy[:, 0].round().astype(int)
    for image, (x, y) in zip(found.images, ankle, strict=True):
        assert image[y, x].max() > 0  # a painted disc, and not the black around it


@pytest.mark.parametrize("labelled", [0, 5])
def test_too_few_labels_are_no_body(labelled):
    xy = np.full((16, 2), np.nan)
    xy[:labelled] = np.random.default_rng(0).uniform(0, 100, (labelled, 2))
    assert crop_of_labels(xy) is None
