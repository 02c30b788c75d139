"""Targets peak where the keypoint is."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.models.heatmap_grid import HeatmapGrid
from core.prediction.heatmap_decoding import decode_heatmaps
from core.training.objectives.gaussian_targets import (
    draw_gaussians,
    draw_targets,
    target_sigma,
    to_cells,
    to_pixels,
)

MOVENET, RESNET = HeatmapGrid(64, 4.0, 0.5), HeatmapGrid(64, 4.0, 0.0)


@pytest.mark.parametrize("sigma", [1.2, 2.0])
@given(st.floats(8, 55), st.floats(8, 55))
def test_a_peak_lies_between_cells_and_is_one_high(sigma: float, x: float, y: float):
    drawn = draw_gaussians(torch.tensor([[[x, y]]]), 64, sigma)
    assert decode_heatmaps(drawn).xy[0, 0].tolist() == pytest.approx([x, y], abs=0.03)
    assert float(drawn.max()) <= 1
    far = (torch.arange(64) - x).abs() > 3 * sigma + 1e-3
    assert float(drawn[0, 0, :, far].abs().max()) == 0


def test_a_peak_on_a_cell_is_one():
    assert float(draw_gaussians(torch.tensor([[[20.0, 30.0]]]), 64, 1.2)[0, 0, 30, 20]) == 1


@pytest.mark.parametrize("grid", [MOVENET, RESNET])
def test_what_lies_outside_the_view_or_is_unknown_weighs_nothing(grid: HeatmapGrid):
    nan = torch.nan
    places = torch.tensor([[[0.0, 0.0], [255.9, 10.0], [256.0, 10.0], [-0.1, 10.0], [nan, nan]]])
    targets = draw_targets(places, torch.full((1, 5), 0.7), grid, 1.2)
    assert targets.weights[0].tolist() == pytest.approx([0.7, 0.7, 0, 0, 0])
    assert bool(torch.isfinite(targets.heatmaps).all())
    assert float(targets.heatmaps[0, 4].max()) == 0


@pytest.mark.parametrize("grid", [MOVENET, RESNET])
def test_targets_are_drawn_in_the_networks_own_grid(grid: HeatmapGrid):
    places = torch.tensor([[[101.0, 57.0]]])
    found = decode_heatmaps(draw_targets(places, torch.ones(1, 1), grid, 1.2).heatmaps).xy
    assert torch.allclose(to_pixels(found, grid), places, atol=0.1)
    assert torch.allclose(to_pixels(to_cells(places, grid), grid), places)


def test_every_network_gets_the_width_it_was_trained_on():
    assert target_sigma("movenet_thunder") == 1.2
    assert target_sigma("pose_resnet101") == 2.0
