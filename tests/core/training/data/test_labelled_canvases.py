import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.training.data.canvas import UNKNOWN, plain_view
from core.training.data.canvas_set import open_canvases
from core.training.data.canvas_writer import writing_canvases
from core.training.data.labelled_canvases import add_labelled, crop_of_labels, labelled_canvas
from core.training.data.pictures import Picture, PictureSet, open_pictures
from core.training.data_source import DataSource
from tests.core.shards.conftest import write_set
from tests.core.training.priors.trained import STAR


def written(folder, sets, framing="found"):
    with writing_canvases(folder) as writer:
        for _ in add_labelled(writer, sets, framing):
            pass
    return open_canvases(folder)


def picture(xy, width=256, height=256, mask=None):
    image = np.zeros((height, width, 3), np.uint8)
    for x, y in xy[np.isfinite(xy[:, 0])]:
        image[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3] = 255
    return Picture(image, np.asarray(xy, np.float64), mask, "one", "one")


def test_synthetic_people_become_canvases_with_labels_and_masks(tmp_path):
    pictures = open_pictures(DataSource("synthetic", write_set(tmp_path / "set")))
    found = written(tmp_path / "out", [pictures])
    assert 0 < len(found) <= len(pictures)
    assert set(found.groups) == {"infant"}
    assert np.isfinite(found.xy[..., 0]).sum(axis=1).min() >= 6
    assert ((found.infant <= 200) | (found.infant == UNKNOWN)).all()
    assert (found.infant <= 200).any(axis=(1, 2)).all()


def test_photographs_become_canvases_where_their_labels_are(tmp_path, labelled_set):
    pictures = open_pictures(DataSource("coco", coco_folder(labelled_set)))
    found = written(tmp_path / "out", [pictures])
    assert len(found) == 3
    ankle = found.xy[:, 0].round().astype(int)
    for image, (x, y) in zip(found.images, ankle, strict=True):
        assert image[y, x].max() > 0  # a painted disc, and not the black around it


def coco_folder(labelled_set):
    images = labelled_set / "images"
    images.mkdir()
    for path in labelled_set.glob("*.png"):
        path.rename(images / path.name)
    return labelled_set


def test_several_sets_follow_each_other(tmp_path):
    sets = [open_pictures(DataSource("synthetic", write_set(tmp_path / name))) for name in "ab"]
    both = written(tmp_path / "both", sets)
    one = written(tmp_path / "one", sets[:1])
    assert both.names == (*one.names, *one.names)


@given(st.integers(60, 400), st.integers(60, 400))
def test_whole_shows_the_padded_picture_as_the_plain_view(width, height):
    xy = np.full((16, 2), np.nan)
    xy[4] = (0.25 * width, 0.5 * height)
    canvas = labelled_canvas(picture(xy, width, height), "whole")
    side = max(width, height)
    place = plain_view(256)(canvas.xy[4])
    expected = 256 * (xy[4] + (side - np.array([width, height])) / 2) / side
    np.testing.assert_allclose(place, expected, atol=1e-2)
    x, y = canvas.xy[4].astype(int)
    assert canvas.image[y, x].max() > 50


def test_whole_takes_a_picture_with_a_single_label_and_found_does_not():
    xy = np.full((16, 2), np.nan)
    assert labelled_canvas(picture(xy), "whole") is None
    xy[0] = (100, 100)
    assert labelled_canvas(picture(xy), "whole") is not None
    assert labelled_canvas(picture(xy), "found") is None


def test_a_mask_goes_where_the_picture_goes():
    mask = np.zeros((256, 256), np.float32)
    mask[100:140, 60:100] = 1
    canvas = labelled_canvas(picture(STAR, mask=mask), "whole")
    rows, columns = np.nonzero((canvas.infant > 100) & (canvas.infant != UNKNOWN))
    middle = plain_view(256)(np.array([columns.mean() + 0.5, rows.mean() + 0.5]))
    np.testing.assert_allclose(middle, (80, 120), atol=0.7)


@pytest.mark.parametrize("labelled", [0, 5])
def test_too_few_labels_are_no_body(labelled):
    xy = np.full((16, 2), np.nan)
    xy[:labelled] = np.random.default_rng(0).uniform(0, 100, (labelled, 2))
    assert crop_of_labels(xy) is None


def test_a_missing_neck_or_pelvis_does_not_make_the_square_larger():
    far = STAR.astype(np.float64) + 5000
    whole = crop_of_labels(far)
    for missing in (6, 8):
        xy = far.copy()
        xy[missing] = np.nan
        crop = crop_of_labels(xy)
        assert 0.7 * whole.side < crop.side <= whole.side
        assert np.hypot(*np.subtract(crop.centre, whole.centre)) < 0.1 * whole.side


def test_a_set_without_a_useful_picture_is_said_in_a_sentence(tmp_path):
    empty = PictureSet(DataSource("coco", tmp_path / "set"), "", [lambda: picture(STAR * np.nan)])
    with pytest.raises(BadInput, match=r"set: in none of its 1 pictures lie enough labels"):
        written(tmp_path / "out", [empty])
