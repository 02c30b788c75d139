"""Affine maps invert and compose exactly, and agree with OpenCV's warps to the pixel centre."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geometry import Affine, Box

COORDINATES = st.floats(-2000, 2000)
POINTS = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=8).map(np.array)
SCALES = st.floats(0.05, 20) | st.floats(-20, -0.05)
AFFINES = st.builds(
    lambda dx, dy, sx, sy, angle: (
        Affine.translation(dx, dy).then(Affine.scaling(sx, sy)).then(Affine.rotation(angle))
    ),
    COORDINATES,
    COORDINATES,
    SCALES,
    SCALES,
    st.floats(-360, 360),
)
BOXES = st.builds(Box, COORDINATES, COORDINATES, st.floats(0, 500), st.floats(0, 500))


@given(AFFINES, POINTS)
def test_inverse_brings_points_back(affine: Affine, points: np.ndarray) -> None:
    assert np.allclose(affine.inverse(affine(points)), points, atol=1e-6)
    assert np.allclose(affine.then(affine.inverse)(points), points, atol=1e-6)


@given(AFFINES, AFFINES, POINTS)
def test_then_is_one_after_the_other(first: Affine, second: Affine, points: np.ndarray) -> None:
    expected = second(first(points))
    assert np.allclose(first.then(second)(points), expected, rtol=1e-9, atol=1e-5)
    assert np.allclose(first.then(second).matrix, second.matrix @ first.matrix, rtol=1e-9)


@given(AFFINES, AFFINES)
def test_areas_multiply(first: Affine, second: Affine) -> None:
    both = first.then(second)
    assert np.isclose(both.determinant, first.determinant * second.determinant, rtol=1e-6)
    assert np.isclose(both.scale, first.scale * second.scale, rtol=1e-6)


def test_missing_points_stay_missing_in_any_shape() -> None:
    points = np.full((2, 3, 2), np.nan)
    points[0, 1] = (1, 2)
    mapped = Affine.translation(10, 20)(points)
    assert np.array_equal(mapped[0, 1], (11, 22))
    assert np.isnan(mapped).sum() == 10


def test_a_collapsed_plane_has_no_inverse() -> None:
    with pytest.raises(ZeroDivisionError):
        Affine.scaling(0, 1).inverse  # noqa: B018


def test_positive_turns_are_clockwise_on_the_screen() -> None:
    assert np.allclose(Affine.rotation(90)((1, 0)), (0, 1))


@given(st.integers(1, 4000), COORDINATES)
def test_mirror_maps_the_image_onto_itself(width: int, x: float) -> None:
    mirror = Affine.mirror(width)
    assert np.allclose(mirror((0, 5)), (width, 5))
    assert np.allclose(mirror(mirror((x, 5))), (x, 5))
    assert mirror.determinant < 0


@given(
    centre=st.tuples(COORDINATES, COORDINATES),
    side=st.floats(1, 2000),
    degrees=st.floats(-360, 360),
    size=st.integers(8, 512),
)
def test_crop_shows_the_square_about_its_centre(
    centre: tuple[float, float], side: float, degrees: float, size: int
) -> None:
    crop = Affine.crop(centre, side, degrees, size)
    assert np.allclose(crop(centre), (size / 2, size / 2), atol=1e-6)
    assert np.isclose(crop.scale, size / side)
    # What points up along content turned clockwise by `degrees` points up in the crop.
    up = Affine.rotation(degrees)((0, -side / 2))
    assert np.allclose(crop(np.add(centre, up)), (size / 2, 0), atol=1e-6)


@given(
    st.integers(5, 58),
    st.integers(5, 42),
    st.sampled_from([0, 90, 180, 270]),
    st.booleans(),
)
def test_index_matrix_moves_a_dot_where_affine_says(
    x: int, y: int, degrees: int, mirrored: bool
) -> None:
    image = np.zeros((48, 64), np.uint8)
    image[y, x] = 255
    affine = Affine.crop((32, 24), 64, degrees, 64)
    if mirrored:
        affine = Affine.mirror(64).then(affine)
    warped = cv2.warpAffine(image, affine.index_matrix, (64, 64), flags=cv2.INTER_NEAREST)
    target = affine((x + 0.5, y + 0.5))
    (found,) = np.argwhere(warped == 255)[:, ::-1]
    assert np.allclose(found + 0.5, target, atol=1e-6)


@pytest.mark.parametrize("factor", [2, 3, 4])
def test_index_matrix_is_the_resize_of_opencv(factor: int) -> None:
    image = np.random.default_rng(0).integers(0, 255, (20, 30), dtype=np.uint8)
    size = (30 * factor, 20 * factor)
    resized = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    matrix = Affine.scaling(factor, factor).index_matrix
    warped = cv2.warpAffine(image, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    assert np.abs(warped.astype(int) - resized).max() <= 6  # OpenCV warps in 1/32 pixel


@given(POINTS)
def test_a_box_around_points_holds_them_tightly(points: np.ndarray) -> None:
    with_missing = np.vstack([points, [[np.nan, np.nan]]])
    box = Box.around(with_missing)
    assert np.allclose(points.min(axis=0), (box.x, box.y))
    assert np.allclose(points.max(axis=0), (box.x + box.width, box.y + box.height))


@given(BOXES, st.floats(0.1, 5))
def test_enlarging_keeps_the_centre(box: Box, factor: float) -> None:
    larger = box.enlarged(factor)
    assert np.allclose(larger.centre, box.centre)
    assert np.isclose(larger.side, box.side * factor)


@given(BOXES, BOXES)
def test_overlap_is_symmetric_and_a_share(a: Box, b: Box) -> None:
    assert a.iou(b) == pytest.approx(b.iou(a))
    assert 0 <= a.iou(b) <= 1 + 1e-9


def test_overlap_of_known_boxes() -> None:
    box = Box(0, 0, 2, 2)
    assert box.iou(box) == 1
    assert box.iou(Box(1, 0, 2, 2)) == pytest.approx(2 / 6)
    assert box.iou(Box(2, 0, 2, 2)) == 0
    assert Box(0, 0, 0, 0).iou(Box(0, 0, 0, 0)) == 0
