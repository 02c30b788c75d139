"""Resampling puts everything where the map says, between pixels, at every angle."""

from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from core.models.heatmap_grid import HeatmapGrid
from core.pose.skeleton import shipped_skeleton
from core.prediction.heatmap_decoding import decode_heatmaps
from core.training.objectives.gaussian_targets import draw_gaussians, to_cells
from core.training.views.affine_maps import affine_maps, map_points
from core.training.views.view_maps import Views, draw_maps, map_keypoints, swap_sides
from core.training.views.view_ranges import ViewRanges
from core.training.views.warp import coverage, map_back, warp

CANVAS, SIZE = 320, 256
MIRROR = torch.from_numpy(shipped_skeleton().mirror_indices)
RANGES = ViewRanges(180, 20, 0.05, (0.8, 1.25), 0.5, (0.8, 1.0))
GRIDS = [HeatmapGrid(64, 4.0, 0.5), HeatmapGrid(64, 4.0, 0.0)]


def dots(places: Tensor, size: int, sigma: float = 4.0) -> Tensor:
    """Round spots (B, 1, size, size) about places (B, 2) in pixels."""
    return draw_gaussians(places.unsqueeze(1) - 0.5, size, sigma)


def centroid(pictures: Tensor) -> Tensor:
    steps = torch.arange(pictures.shape[-1]) + 0.5
    total = pictures.sum((-1, -2))
    return torch.stack(
        [(pictures.sum(-2) * steps).sum(-1) / total, (pictures.sum(-1) * steps).sum(-1) / total], -1
    )


@settings(max_examples=20)
@given(st.integers(0, 2**31), st.floats(130, 190), st.floats(130, 190))
def test_a_dot_lands_where_its_map_says(seed: int, x: float, y: float):
    views = draw_maps(RANGES, torch.tensor([seed]), CANVAS, SIZE)
    place = torch.tensor([[x, y]])
    shown = warp(dots(place, CANVAS) * 200, views.maps, SIZE)
    expected = map_points(place.unsqueeze(1), views.maps)
    assert torch.allclose(centroid(shown), expected, atol=0.05)


def test_nothing_to_do_changes_nothing():
    pictures = torch.randint(0, 256, (2, 3, 8, 8), dtype=torch.uint8)
    assert torch.allclose(warp(pictures, torch.eye(3).expand(2, 3, 3), 8), pictures.float())


def test_a_quarter_turn_moves_whole_pixels():
    turn = affine_maps(torch.tensor([[[0.0, -1.0], [1.0, 0.0]]]), torch.tensor([[8.0, 0.0]]))
    picture = torch.rand(1, 3, 8, 8)
    assert torch.allclose(warp(picture, turn, 8), picture.rot90(-1, (2, 3)), atol=1e-4)


def test_wide_pictures_keep_their_shape():
    picture = torch.rand(1, 1, 6, 12)
    assert torch.allclose(warp(picture, torch.eye(3)[None], 6), picture[..., :6], atol=1e-5)


def test_coverage_is_what_becomes_of_ones():
    views = draw_maps(RANGES, torch.arange(20), CANVAS, SIZE)
    ones = warp(torch.ones(20, 1, CANVAS, CANVAS), views.maps, SIZE)
    assert torch.allclose(coverage(views.maps, CANVAS, SIZE), ones, atol=1e-3)


@pytest.mark.parametrize("grid", GRIDS, ids=["cell centres", "cell corners"])
@pytest.mark.parametrize("sigma", [1.2, 2.0])
def test_mapped_back_maps_stand_where_they_were(grid: HeatmapGrid, sigma: float):
    back, cells, is_clear = mapped_back(RANGES, grid, sigma)
    errors = (centroid(back) - 0.5 - cells).norm(dim=-1)
    assert float(errors[is_clear].max()) < 0.1
    assert float(errors[is_clear].mean()) < 0.02


@pytest.mark.parametrize("grid", GRIDS, ids=["cell centres", "cell corners"])
def test_the_products_decoder_finds_mapped_back_peaks(grid: HeatmapGrid):
    unsheared = replace(RANGES, shear=0.0)  # a slanted Gaussian's peak is no place for parabolas
    back, cells, is_clear = mapped_back(unsheared, grid, 1.2)
    errors = (decode_heatmaps(back).xy - cells).norm(dim=-1)
    assert float(errors[is_clear].max()) < 0.1


def mapped_back(
    ranges: ViewRanges, grid: HeatmapGrid, sigma: float
) -> tuple[Tensor, Tensor, Tensor]:
    """Maps drawn in 40 views and mapped back; their true cells; which are far from all borders."""
    views = draw_maps(ranges, torch.arange(40), CANVAS, SIZE)
    plain = torch.rand(40, 16, 2, generator=torch.Generator().manual_seed(5)) * SIZE
    inside = map_keypoints(plain, views.from_plain, views.is_mirrored, MIRROR)
    back = map_back(draw_gaussians(to_cells(inside, grid), 64, sigma), views, grid, MIRROR)
    shown = swap_sides(away_from_borders(inside), views.is_mirrored, MIRROR)
    return back.heatmaps, to_cells(plain, grid), away_from_borders(plain) & shown


def away_from_borders(places: Tensor) -> Tensor:
    return ((places > 36) & (places < SIZE - 36)).all(-1)


def test_only_cells_that_the_view_shows_are_valid():
    maps = torch.eye(3).repeat(1, 1, 1)
    maps[0, 0, 2] = -32 - 64.0  # the view lies a quarter of its side to the right of the plain one
    maps[0, 1, 2] = -32
    views = Views(maps, torch.tensor([False]), CANVAS, SIZE)
    valid = map_back(torch.ones(1, 16, 64, 64), views, GRIDS[0], MIRROR).valid
    assert float(valid[..., 16:].min()) == 1
    assert float(valid[..., :16].max()) == 0


def test_gradients_reach_the_views_heat_maps():
    views = draw_maps(RANGES, torch.arange(4), CANVAS, SIZE)
    heatmaps = torch.rand(4, 16, 64, 64, requires_grad=True)
    map_back(heatmaps, views, GRIDS[0], MIRROR).heatmaps.sum().backward()
    assert heatmaps.grad is not None
    assert float((heatmaps.grad > 0).float().mean()) > 0.6
