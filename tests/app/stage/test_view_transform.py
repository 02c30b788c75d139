"""Where the picture lies: there and back, fit, zoom at the cursor, never lost."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.stage.view_transform import ViewTransform

sizes = st.tuples(st.floats(16, 8000), st.floats(16, 8000))
spots = st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000))
views = st.builds(
    ViewTransform, st.floats(0.01, 64), st.floats(-4000, 4000), st.floats(-4000, 4000)
)


@given(view=views, spot=spots)
def test_there_and_back(view: ViewTransform, spot):
    np.testing.assert_allclose(view.to_frame(view.to_screen(spot)), spot, atol=1e-6)


@given(view=views, spot=spots, density=st.sampled_from([1.0, 1.5, 2.0]))
def test_device_pixels_are_widget_pixels_times_density(view: ViewTransform, spot, density):
    np.testing.assert_allclose(view.affine(density)(spot), view.to_screen(spot) * density)


@given(content=sizes, window=sizes)
def test_fit_shows_everything_as_large_as_it_goes(content, window):
    view = ViewTransform.fit(content, window)
    corners = view.to_screen([(0, 0), content])
    assert (corners[0] >= -1e-6).all()
    assert (corners[1] <= np.array(window) + 1e-6).all()
    left = np.array(window) - (corners[1] - corners[0])
    assert left.min() < 1e-6, "it touches two sides"
    np.testing.assert_allclose(corners[0], np.array(window) - corners[1], atol=1e-6)


windows = st.tuples(st.floats(200, 3000), st.floats(200, 3000))
middles = st.tuples(st.floats(0.3, 0.7), st.floats(0.3, 0.7))


@given(content=sizes, window=windows, factor=st.floats(1, 8), at=middles)
def test_zoom_keeps_what_is_under_the_cursor(content, window, factor, at):
    view = ViewTransform.fit(content, window)
    spot = view.to_screen((content[0] * at[0], content[1] * at[1]))
    zoomed = view.zoomed(factor, at=(spot[0], spot[1]), content=content, window=window)
    np.testing.assert_allclose(zoomed.to_screen(view.to_frame(spot)), spot, atol=1e-5)


@given(content=sizes, window=sizes, moves=st.lists(spots, max_size=8), factor=st.floats(0.1, 10))
def test_the_picture_is_never_lost(content, window, moves, factor):
    view = ViewTransform.fit(content, window)
    view = view.zoomed(factor, at=(0, 0), content=content, window=window)
    for dx, dy in moves:
        view = view.panned(dx, dy, content=content, window=window)
    low, high = view.to_screen([(0, 0), content])
    seen = np.minimum(high, window) - np.maximum(low, 0)
    assert (seen >= np.minimum(64, np.minimum(high - low, window)) - 1e-6).all()


def test_zoom_has_limits():
    view = ViewTransform.fit((640, 480), (800, 600))
    for factor in (1e6, 1e-6):
        view = view.zoomed(factor, at=(400, 300), content=(640, 480), window=(800, 600))
        assert 0.5 <= view.scale <= 64
