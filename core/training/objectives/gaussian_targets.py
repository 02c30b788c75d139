"""Draw the heat-maps that a network is to give for known keypoints."""

from dataclasses import dataclass

import torch
from torch import Tensor

from core.models.architecture import Architecture
from core.models.heatmap_grid import HeatmapGrid

AUTHORS_SIGMA = 2.0
_MOVENET_SIGMA = 1.2  # the width of its own peaks; 2 costs 1.5 points
_REACH = 3.0  # sigmas; where a Gaussian ends


@dataclass(frozen=True, eq=False)
class Targets:
    """Heat-maps (B, K, h, h) and the weight (B, K) of each, 0 where nothing is known."""

    heatmaps: Tensor
    weights: Tensor


def target_sigma(architecture: Architecture) -> float:
    """The width in cells of the peaks that a network was trained on."""
    return _MOVENET_SIGMA if architecture == "movenet_thunder" else AUTHORS_SIGMA


def draw_gaussians(cells: Tensor, size: int, sigma: float) -> Tensor:
    """Gaussians of peak 1 about places (B, K, 2) in cell indices: (B, K, size, size).

        exp(-((i - x)^2 + (j - y)^2) / (2 sigma^2))   where |i - x|, |j - y| <= 3 sigma, else 0

    Sub-pixel places give sub-pixel peaks; places outside, or NaN, an empty or partial map.
    """
    steps = torch.arange(size, device=cells.device, dtype=torch.float32)
    apart = steps - cells.float().unsqueeze(-1)
    rows = torch.exp(-(apart**2) / (2 * sigma**2))
    rows = torch.where(apart.abs() <= _REACH * sigma, rows, 0.0)
    return rows[:, :, 1].unsqueeze(-1) * rows[:, :, 0].unsqueeze(-2)


def draw_targets(places: Tensor, weights: Tensor, grid: HeatmapGrid, sigma: float) -> Targets:
    """Targets for places (B, K, 2) in the view's pixels; those outside it or NaN weigh nothing."""
    side = grid.size * grid.stride
    is_shown = ((places >= 0) & (places < side)).all(-1)
    return Targets(draw_gaussians(to_cells(places, grid), grid.size, sigma), weights * is_shown)


def to_cells(places: Tensor, grid: HeatmapGrid) -> Tensor:
    """Pixels -> cell indices."""
    return places / grid.stride - grid.cell_centre


def to_pixels(cells: Tensor, grid: HeatmapGrid) -> Tensor:
    """Cell indices -> pixels."""
    return (cells + grid.cell_centre) * grid.stride
