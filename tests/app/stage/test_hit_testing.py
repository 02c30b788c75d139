"""What lies under the cursor."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.stage.hit_testing import (
    REACH,
    BoxPart,
    box_part,
    clipped,
    handles,
    nearest_point,
    reshaped,
    spanned,
)
from core.geometry import Box

coordinates = st.floats(0, 400)
spots = st.tuples(coordinates, coordinates)
boxes = st.builds(Box, st.floats(0, 300), st.floats(0, 300), st.floats(40, 200), st.floats(40, 200))


@given(points=st.lists(spots, min_size=1, max_size=16), spot=spots)
def test_the_nearest_point_within_reach(points, spot):
    array = np.array(points)
    distances = np.hypot(*(array - spot).T)
    hit = nearest_point(array, spot, preferred=None)
    if distances.min() > REACH:
        assert hit is None
    else:
        assert hit is not None
        assert distances[hit.keypoint] == distances.min()
        assert hit.distance == distances.min()


@given(points=st.lists(spots, min_size=2, max_size=16), spot=spots, preferred=st.integers(0, 1))
def test_the_selected_point_wins_only_when_it_is_about_as_near(points, spot, preferred):
    array = np.array(points)
    distances = np.hypot(*(array - spot).T)
    hit = nearest_point(array, spot, preferred=preferred)
    if hit is not None and hit.keypoint != distances.argmin():
        assert hit.keypoint == preferred
        assert hit.distance <= distances.min() + REACH / 4


def test_absent_points_are_not_hit():
    points = np.array([[np.nan, np.nan], [50.0, 50.0]])
    hit = nearest_point(points, (50, 50), preferred=0)
    assert hit is not None
    assert hit.keypoint == 1
    assert nearest_point(points[:1], (50, 50), preferred=None) is None
    assert nearest_point(np.zeros((0, 2)), (0, 0), preferred=None) is None


@given(box=boxes)
def test_every_handle_is_hit_and_the_middle_is_inside(box: Box):
    for part, spot in handles(box).items():
        assert box_part(box, spot) is part
    assert box_part(box, box.centre) is BoxPart.INSIDE
    assert box_part(box, (box.x - 50, box.y)) is None


@given(box=boxes, part=st.sampled_from(list(BoxPart)), dx=st.floats(-500, 500), dy=st.floats(-9, 9))
def test_reshaping_moves_only_the_edges_of_the_part(box: Box, part: BoxPart, dx, dy):
    made = reshaped(box, part, dx, dy)
    assert made.width >= 0
    assert made.height >= 0
    if part is BoxPart.INSIDE:
        assert np.isclose(made.width, box.width)
    if not part.value[0] and not part.value[2]:
        assert np.isclose(made.x, box.x)
        assert np.isclose(made.width, box.width)


@given(one=spots, other=spots)
def test_a_box_may_be_drawn_from_any_corner(one, other):
    assert spanned(one, other) == spanned(other, one)
    box = clipped(spanned(one, other), 200, 100)
    assert 0 <= box.x <= box.x + box.width <= 200 + 1e-9
    assert 0 <= box.y <= box.y + box.height <= 100 + 1e-9
