"""Views keep to their ranges, mirror sides, and are each sample's own."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from core.pose.skeleton import shipped_skeleton
from core.training.data.canvas import plain_view
from core.training.views.affine_maps import map_points
from core.training.views.view_maps import (
    Views,
    draw_crops,
    draw_maps,
    map_keypoints,
    plain_views,
    swap_sides,
)
from core.training.views.view_ranges import PAPER_VIEW, ViewRanges

CANVAS, SIZE = 320, 256
MIRROR = torch.from_numpy(shipped_skeleton().mirror_indices)
EVERYTHING = ViewRanges(60, 30, 0.05, (0.6, 1.3), 0.5, (0.6, 1.0))
SEEDS = torch.arange(500)


def draw(**ranges: object) -> Views:
    return draw_maps(ViewRanges(**ranges), SEEDS, CANVAS, SIZE)  # pyright: ignore


def test_without_ranges_a_view_is_the_plain_one():
    drawn, plain = draw(), plain_views(SEEDS, CANVAS, SIZE)
    assert torch.allclose(drawn.maps, plain.maps, atol=1e-4)
    expected = torch.from_numpy(plain_view(SIZE).matrix).float()
    assert torch.allclose(plain.maps, expected, atol=1e-4)


def test_the_plain_view_of_another_size_shows_the_same_part():
    plain = plain_views(SEEDS[:1], CANVAS, 64)
    assert torch.allclose(plain.maps[0], torch.from_numpy(plain_view(64).matrix).float())


@given(st.lists(st.integers(0, 2**31), min_size=1, max_size=4), st.integers(0, 2**31))
def test_a_view_depends_on_its_own_seed_alone(others: list[int], seed: int):
    alone = draw_maps(EVERYTHING, torch.tensor([seed]), CANVAS, SIZE)
    among = draw_maps(EVERYTHING, torch.tensor([*others, seed]), CANVAS, SIZE)
    assert torch.equal(among.maps[-1:], alone.maps)
    assert torch.equal(among.is_mirrored[-1:], alone.is_mirrored)


def test_turns_and_scales_fill_their_ranges_and_keep_the_middle():
    views = draw(rotation=60, scale=(0.6, 1.3))
    linear = views.from_plain[:, :2, :2]
    scales = torch.linalg.det(linear).sqrt()
    degrees = torch.rad2deg(torch.atan2(linear[:, 1, 0], linear[:, 0, 0]))
    for values, low, high in ((scales, 0.6, 1.3), (degrees, -60.0, 60.0)):
        margin = 0.02 * (high - low)
        assert low - 1e-4 <= float(values.min()) <= low + margin
        assert high - margin <= float(values.max()) <= high + 1e-4
    middle = torch.full((1, 1, 2), SIZE / 2).expand(len(SEEDS), -1, -1)
    assert torch.allclose(map_points(middle, views.from_plain), middle, atol=1e-3)


def test_shear_moves_rows_by_at_most_its_tangent():
    linear = draw(shear=30).from_plain[:, :2, :2]
    assert torch.allclose(linear[:, 1], torch.tensor([0.0, 1.0]), atol=1e-5)
    assert float(linear[:, 0, 1].abs().max()) == pytest.approx(math.tan(math.pi / 6), rel=0.02)


def test_translation_is_a_share_of_the_side():
    offsets = draw(translation=0.05).from_plain[:, :2, 2]
    assert float(offsets.abs().max()) == pytest.approx(12.8, rel=0.02)


def test_a_mirrored_view_turns_the_plane_over_and_says_so():
    views = draw(mirror_probability=0.5, rotation=60, shear=30)
    is_flipped = torch.linalg.det(views.maps[:, :2, :2]) < 0
    assert torch.equal(is_flipped, views.is_mirrored)
    assert 200 < int(is_flipped.sum()) < 300


def test_a_crop_lies_within_the_plain_view_and_has_its_area():
    maps = draw_crops((0.6, 1.0), SEEDS, SIZE)
    corners = torch.tensor([[[0.0, 0.0], [SIZE, SIZE]]]).expand(len(SEEDS), -1, -1)
    shown = map_points(corners, torch.linalg.inv(maps))
    assert float(shown.min()) >= -1e-3
    assert float(shown.max()) <= SIZE + 1e-3
    area = (shown[:, 1] - shown[:, 0]).prod(-1) / SIZE**2
    assert float(area.min()) == pytest.approx(0.6, abs=0.01)
    assert float(area.max()) == pytest.approx(1.0, abs=0.01)


def test_keypoints_go_into_a_view_and_back():
    views = draw_maps(EVERYTHING, SEEDS, CANVAS, SIZE)
    keypoints = random_keypoints()
    inside = map_keypoints(keypoints, views.from_plain, views.is_mirrored, MIRROR)
    back = map_keypoints(inside, views.to_plain, views.is_mirrored, MIRROR)
    assert torch.allclose(back, keypoints, atol=2e-3)


def test_in_a_mirror_left_stays_the_left_of_the_figure():
    skeleton = shipped_skeleton()
    views = draw(mirror_probability=1.0)
    keypoints = random_keypoints()
    mirrored = map_keypoints(keypoints, views.from_plain, views.is_mirrored, MIRROR)
    left, right = skeleton.indices("left_knee", "right_knee")
    assert torch.allclose(mirrored[:, left, 0], SIZE - keypoints[:, right, 0], atol=1e-3)
    assert torch.allclose(mirrored[:, left, 1], keypoints[:, right, 1], atol=1e-3)


def test_sides_are_swapped_only_where_it_is_said():
    values = torch.arange(32.0).view(2, 16)
    swapped = swap_sides(values, torch.tensor([False, True]), MIRROR)
    assert torch.equal(swapped[0], values[0])
    assert torch.equal(swapped[1], values[1, MIRROR])


def test_the_papers_ranges_are_those_of_the_authors():
    assert ViewRanges(60, 30, 0.05, (0.6, 1.3), 0.0, (0.6, 1.0)) == PAPER_VIEW


def random_keypoints() -> Tensor:
    chance = torch.Generator().manual_seed(3)
    return torch.rand(len(SEEDS), 16, 2, generator=chance) * SIZE
