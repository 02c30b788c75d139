from types import SimpleNamespace

import numpy as np
import pytest

from core.errors import BadInput
from core.prediction.crop import Crop
from core.training.data.canvas import UNKNOWN
from core.training.data.canvas_set import open_canvases
from core.training.data.canvas_writer import writing_canvases
from core.training.data.hidden_canvases import add_hidden, cut_found, cut_whole
from core.training.data.infant_mask import infant_mask
from core.training.data.labelled_canvases import labelled_canvas
from core.training.data.pictures import Picture, PictureSet
from core.training.data_source import DataSource
from tests.core.prediction.conftest import painted, places
from tests.core.training.priors.trained import STAR

WALL = np.full((240, 320, 3), 90, np.uint8)
INFANT = painted(places(centre=(150, 120), side=170), 320, 240)


class RedIsInfant:
    """A segmentation network that takes every red pixel for the infant."""

    card = SimpleNamespace(input_size=64)

    def probabilities(self, images):
        return (images[:, :1] > 0).float()


def written(folder, images, cut):
    readers = [
        lambda image=image: Picture(image, STAR.astype(np.float64), None, "name", "group")
        for image in images
    ]
    pictures = PictureSet(DataSource("coco", folder.parent / "set"), "", readers)
    with writing_canvases(folder) as writer:
        for _ in add_hidden(writer, [pictures], cut):
            pass
    return open_canvases(folder)


@pytest.mark.parametrize("framing", ["found", "whole"])
def test_no_label_comes_through(tmp_path, predictor, framing):
    cut = cut_found(predictor) if framing == "found" else cut_whole()
    found = written(tmp_path / "out", [INFANT, INFANT], cut)
    assert len(found) == 2
    assert np.isnan(found.xy).all()
    assert (found.infant == UNKNOWN).all()


def test_found_cuts_where_the_predictor_sees_the_infant_and_leaves_walls_out(tmp_path, predictor):
    found = written(tmp_path / "out", [WALL, INFANT, WALL], cut_found(predictor))
    assert len(found) == 1
    rows, columns = np.nonzero(found.images[0].max(axis=2) > 10)
    assert abs(rows.mean() - 160) < 25
    assert abs(columns.mean() - 160) < 25
    assert np.ptp(rows) > 120  # closer than in the whole picture


def test_whole_shows_the_same_as_for_labelled_pictures(tmp_path):
    found = written(tmp_path / "out", [INFANT], cut_whole())
    picture = Picture(INFANT, STAR.astype(np.float64), None, "", "")
    np.testing.assert_array_equal(found.images[0], labelled_canvas(picture, "whole").image)


def test_the_mask_lies_over_the_infant_in_both_squares():
    whole, around = Crop((160, 120), 320), Crop((150, 120), 180)
    canvas = cut_whole(RedIsInfant())(INFANT)
    is_red = canvas.image[..., 0] > 20
    assert canvas.infant[is_red].mean() > 100
    assert canvas.infant[~is_red & (canvas.infant != UNKNOWN)].mean() < 20
    np.testing.assert_array_equal(canvas.infant, infant_mask(RedIsInfant(), INFANT, whole, whole))
    close = infant_mask(RedIsInfant(), INFANT, around, whole)
    assert close[is_red].mean() > 150


def test_a_set_without_an_infant_is_said_in_a_sentence(tmp_path, predictor):
    with pytest.raises(BadInput, match=r"set: the model finds an infant in none of 2 pictures"):
        written(tmp_path / "out", [WALL, WALL], cut_found(predictor))
