"""The curve of confidence as pixels: the worst frame shows, unknown frames are clear."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.stage.score_picture import CurveLook, Window, column_values, score_picture

SURE, DOUBTFUL = (0, 200, 180), (240, 180, 70)
LOOK = CurveLook(SURE, DOUBTFUL, threshold=0.3)
WINDOW = Window(0, 100, top=1.1, width=200, height=88)
scores = arrays.arrays(np.float32, st.integers(0, 400), elements=st.floats(0, 1, width=32))


def line_row(picture: np.ndarray, column: int) -> float:
    """Where the line is: the middle of the rows that are almost opaque."""
    return float(np.flatnonzero(picture[:, column, 3] > 200).mean()) + 0.5


def test_the_line_is_at_the_score_and_the_fill_below():
    picture = score_picture(np.full(100, 0.8, np.float32), WINDOW, LOOK)
    assert abs(line_row(picture, 50) - (88 - 0.8 * 80)) <= 1
    assert (picture[:15, 50] == 0).all()
    assert (picture[40:, 50, 3] > 30).all()


def test_under_the_threshold_colour_and_shade_change():
    picture = score_picture(np.full(100, 0.1, np.float32), WINDOW, LOOK)
    assert (picture[:, 50, 3] > 0).all(), "shaded from top to bottom"
    row = round(line_row(picture, 50))
    red, green, blue, _ = picture[row, 50].astype(int)
    assert red > green > blue, "the colour of doubt"


def test_frames_without_a_score_are_clear():
    values = np.full(100, 0.8, np.float32)
    values[60:] = np.nan
    picture = score_picture(values, WINDOW, LOOK)
    assert picture[:, :120, 3].any(axis=0).all()
    assert not picture[:, 121:].any()


def test_one_bad_frame_among_a_hundred_thousand_is_seen():
    values = np.full(100_000, 0.9, np.float32)
    values[50_123] = 0.05
    window = Window(0, 100_000, top=1.1, width=300, height=80)
    picture = score_picture(values, window, LOOK)
    column = 50_123 * 300 // 100_000
    assert (picture[:, column, 3] > 0).all()


@given(scores=scores, start=st.floats(0, 380), span=st.floats(1, 500), width=st.integers(1, 300))
def test_columns_stay_between_the_scores_in_view(scores, start, span, width):
    values = column_values(scores, Window(start, start + span, 1.1, width, 10))
    assert values.shape == (width,)
    known = values[~np.isnan(values)]
    if len(scores) and len(known):
        assert scores.min() - 1e-6 <= known.min()
        assert known.max() <= scores.max() + 1e-6


@pytest.mark.parametrize("threshold", [0.0, 0.5, 1.0])
def test_colours_are_premultiplied(threshold: float):
    values = np.random.default_rng(0).random(100).astype(np.float32)
    picture = score_picture(values, WINDOW, CurveLook(SURE, DOUBTFUL, threshold))
    assert (picture[..., :3].max(axis=2) <= picture[..., 3].astype(int) + 1).all()
