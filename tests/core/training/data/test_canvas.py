import numpy as np

from core.geometry import Affine
from core.prediction.crop import Crop
from core.training.data.canvas import (
    CANVAS,
    UNKNOWN,
    canvas_affine,
    cut_canvas,
    cut_mask,
    plain_view,
)

CROP = Crop((120.0, 90.0), 100.0, 30.0)


def frame_with_a_dot(x, y):
    image = np.zeros((200, 240, 3), np.uint8)
    image[y - 2 : y + 3, x - 2 : x + 3] = 255
    return image


def middle(picture):
    rows, columns = np.nonzero(picture > picture.max() / 2)
    return np.array([columns.mean() + 0.5, rows.mean() + 0.5])


def test_labels_go_where_the_picture_goes():
    xy = np.full((16, 2), np.nan)
    xy[3] = (140.5, 80.5)
    canvas = cut_canvas(frame_with_a_dot(140, 80), CROP, xy)
    np.testing.assert_allclose(canvas.xy[3], middle(canvas.image[..., 0]), atol=0.6)
    assert np.isnan(np.delete(canvas.xy, 3, axis=0)).all()


def test_masks_go_where_the_picture_goes():
    probability = frame_with_a_dot(100, 110)[..., 0] / 255
    mask = cut_mask(probability, Affine(), CROP)
    canvas = cut_canvas(frame_with_a_dot(100, 110), CROP)
    np.testing.assert_allclose(middle(mask), middle(canvas.image[..., 0]), atol=0.6)
    assert mask.max() == 200
    assert (canvas.infant == UNKNOWN).all()


def test_of_what_lies_beyond_the_frame_nothing_is_known():
    crop = Crop((10.0, 90.0), 100.0, 0.0)
    mask = cut_mask(np.ones((200, 240), np.float32), Affine(), crop, (200, 240, 3))
    edge = round(float(canvas_affine(crop)((0.0, 90.0))[0]))
    assert (mask[:, : edge - 1] == UNKNOWN).all()
    assert (mask[:, edge + 1 :] >= 180).all()
    assert (mask[:, edge + 1 :] <= 200).all()
    assert 0 < edge < CANVAS
    assert (cut_mask(np.ones((200, 240)), Affine(), crop)[:, : edge - 1] == 0).all()


def test_the_plain_view_is_what_the_product_looks_at():
    through_canvas = plain_view(256)
    for place in ((120.0, 90.0), (150.0, 60.0)):
        xy = np.full((16, 2), np.nan)
        xy[0] = place
        on_canvas = cut_canvas(frame_with_a_dot(120, 90), CROP, xy).xy[0]
        np.testing.assert_allclose(through_canvas(on_canvas), CROP.affine(256)(place), atol=1e-3)


def test_a_canvas_has_room_around_the_product_s_square():
    corners = plain_view(256).inverse(np.array([[0, 0], [256, 256]]))
    assert (corners > 0).all()
    assert (corners < CANVAS).all()
