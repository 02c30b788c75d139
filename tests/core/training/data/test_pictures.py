import json

import numpy as np
import pytest

from core.errors import BadInput
from core.training.data.pictures import open_pictures
from core.training.data_source import DataSource
from tests.core.datasets.published import cut_short, joints, write_minirgbd, write_surreal
from tests.core.shards.conftest import write_set


def test_pictures_of_a_set_are_read_one_by_one(tmp_path):
    write_minirgbd(tmp_path, frames=2)
    found = open_pictures(DataSource("minirgbd", tmp_path))
    assert len(found) == 20  # of sequences 01 to 10
    picture = found.readers[0]()
    assert picture.image.shape == (240, 320, 3)
    assert picture.group == "01"
    np.testing.assert_allclose(picture.xy[0], joints(25)[7])  # the left ankle


def test_labels_outside_the_picture_count_as_none(tmp_path):
    write_surreal(tmp_path, crops=1)
    path = tmp_path / "val" / "run0.json"
    samples = json.loads(path.read_text())
    samples[0]["keypoint2d"][8] = [321.0, 50.0]  # to the right of it; sides are exchanged
    samples[0]["keypoint2d"][5] = [-0.5, 50.0]
    path.write_text(json.dumps(samples))
    pictures = [read() for read in open_pictures(DataSource("surreal", tmp_path, "val")).readers]
    missing = sorted(int(np.isnan(picture.xy[:, 0]).sum()) for picture in pictures)
    known = missing[0]
    assert missing == [known, known, known + 2]


def test_a_fingerprint_tells_labels_and_splits_apart(tmp_path):
    write_surreal(tmp_path, crops=2)
    before = open_pictures(DataSource("surreal", tmp_path, "val")).fingerprint
    assert open_pictures(DataSource("surreal", tmp_path, "val")).fingerprint == before
    assert open_pictures(DataSource("surreal", tmp_path, "test")).fingerprint != before
    path = tmp_path / "val" / "run1.json"
    path.write_text(path.read_text().replace("20.0", "20.5"))
    assert open_pictures(DataSource("surreal", tmp_path, "val")).fingerprint != before


def test_synthetic_people_bring_their_silhouette(tmp_path):
    found = open_pictures(DataSource("synthetic", write_set(tmp_path / "set")))
    picture = found.readers[0]()
    assert picture.infant is not None
    assert picture.infant.shape == picture.image.shape[:2]
    assert set(np.unique(picture.infant)) <= {0.0, 1.0}
    before = found.fingerprint
    (tmp_path / "set" / "more.tar").write_bytes(b"x")
    assert open_pictures(DataSource("synthetic", tmp_path / "set")).fingerprint != before


def test_a_part_keeps_the_order_that_was_asked_for(tmp_path):
    write_minirgbd(tmp_path, frames=1)
    found = open_pictures(DataSource("minirgbd", tmp_path))
    assert [read().group for read in found.part([3, 0]).readers] == ["04", "01"]


def test_poses_are_no_pictures_and_damage_is_named(tmp_path):
    with pytest.raises(BadInput, match="poses without pictures"):
        open_pictures(DataSource("poses", tmp_path / "p.npz"))
    write_minirgbd(tmp_path, frames=1)
    cut_short(tmp_path / "01" / "rgb" / "syn_00000.png")
    with pytest.raises(BadInput, match=r"syn_00000\.png: is not an image"):
        open_pictures(DataSource("minirgbd", tmp_path)).readers[0]()
