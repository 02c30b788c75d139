import numpy as np
import pytest

from core.errors import BadInput
from core.training.data.canvas import ROOM
from core.training.data_source import DataSource
from core.training.priors.silhouettes import CANVAS, UNKNOWN, Silhouettes, read_silhouettes
from tests.core.training.priors.trained import write_shard


def read(*sources: DataSource) -> Silhouettes:
    work = read_silhouettes(sources)
    try:
        while True:
            next(work)
    except StopIteration as finished:
        return finished.value


def test_bodies_are_cut_out_upright_with_their_keypoints_inside_their_area(tmp_path):
    bodies = read(DataSource("synthetic", write_shard(tmp_path / "s.tar", 6)))
    assert bodies.areas.shape == (6, CANVAS, CANVAS)
    for xy, area in zip(bodies.xy, bodies.areas, strict=True):
        columns, rows = xy.astype(int).T
        assert (area[rows, columns] > 100).mean() > 0.9
        assert (xy[8] < xy[6])[1]  # the neck above the pelvis
        assert abs(xy[8, 0] - xy[6, 0]) < 6
        body = np.argwhere((area > 100) & (area != UNKNOWN))
        assert np.ptp(body, axis=0).max() * ROOM < CANVAS


def test_outside_the_picture_nothing_is_known(tmp_path):
    bodies = read(DataSource("synthetic", write_shard(tmp_path / "s.tar", 3)))
    is_unknown = bodies.areas == UNKNOWN
    assert is_unknown.any()
    assert is_unknown[:, :3].mean() > is_unknown[:, 40:80, 40:80].mean() == 0


def test_sets_without_full_silhouettes_are_refused(tmp_path):
    shard = write_shard(tmp_path / "s.tar", 2, full=False)
    with pytest.raises(BadInput, match=r"s\.tar: no sample has a full silhouette"):
        read(DataSource("synthetic", shard))
    whole = write_shard(tmp_path / "whole.tar", 2)
    with pytest.raises(BadInput, match=r"s\.tar: no sample has a full silhouette"):
        read(DataSource("synthetic", whole), DataSource("synthetic", shard))
    with pytest.raises(BadInput, match="only synthetic sets have full silhouettes"):
        read(DataSource("coco", tmp_path))
