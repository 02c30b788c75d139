import numpy as np
import pytest

from core.synthesis.room.relief import Raster, grown, ridges, sheet, shrunk

POINTS = np.array([[0.05, 0.05, 1.0], [0.06, 0.04, 3.0], [0.95, 0.45, -2.0]])


@pytest.fixture
def raster() -> Raster:
    return Raster.over(np.array([0, 0]), np.array([1, 0.5]), 0.1)


def test_each_cell_knows_its_highest_and_lowest_point(raster: Raster):
    assert raster.highest(POINTS)[0, 0] == 3
    assert raster.lowest(POINTS)[0, 0] == 1
    assert raster.highest(POINTS)[4, 9] == -2
    assert raster.highest(POINTS)[2, 2] == -np.inf


def test_points_beyond_the_raster_do_not_count(raster: Raster):
    assert not np.isfinite(raster.highest(np.array([[-0.3, 0.2, 5.0], [4.0, 0.2, 5.0]]))).any()


def test_samples_come_from_the_cell_underneath(raster: Raster):
    heights = raster.highest(POINTS)
    x, y = np.array([0.09, 0.95, 7.0]), np.array([0.01, 0.48, 0.0])
    np.testing.assert_allclose(raster.sampled(heights, x, y, outside=9.0), [3, -2, 9])


def test_growing_and_shrinking_undo_each_other_on_a_plateau():
    heights = np.zeros((20, 20), np.float32)
    heights[8:14, 8:14] = 1
    assert grown(heights, 2).sum() > heights.sum() > shrunk(heights, 2).sum()
    assert (shrunk(grown(heights, 2), 2) >= heights).all()


def test_folds_lie_between_flat_and_crest():
    folds = ridges(np.random.default_rng(0), (80, 60), 0.01, 0.1)
    assert folds.shape == (80, 60)
    assert folds.min() == 0
    assert 0.9 < folds.max() <= 1


def test_a_sheet_looks_up():
    mesh = sheet(*np.meshgrid([0.0, 1, 2], [0.0, 1]), np.zeros((2, 3), np.float32))
    a, b, c = mesh.vertices[mesh.faces[0]]
    assert np.cross(b - a, c - a)[2] > 0
