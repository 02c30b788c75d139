"""Resample pictures and heat-maps along affine maps, once and bilinearly."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as fn

from core.models.heatmap_grid import HeatmapGrid
from core.training.views.affine_maps import compose, inverse, scaling_maps
from core.training.views.view_maps import Views, swap_sides

_WHOLE = 0.999  # coverage from which a cell is free of the zeros outside


def warp(pictures: Tensor, maps: Tensor, size: int) -> Tensor:
    """Move pictures (B, C, H, W) along maps (B, 3, 3) from their pixels to those of the output.

    Returns (B, C, size, size) float32, zero outside the pictures. Shrinking below half the size
    would alias.
    """
    height, width = pictures.shape[-2:]
    x, y = _origins(maps, size)
    grid = torch.stack([x * (2 / width) - 1, y * (2 / height) - 1], dim=-1)
    plain = pictures.to(torch.float32, memory_format=torch.contiguous_format)  # a third faster
    return fn.grid_sample(plain, grid, align_corners=False)


def coverage(maps: Tensor, side: int, size: int) -> Tensor:
    """What `warp` would make of square pictures of ones: (B, 1, size, size) in [0, 1]."""
    x, y = _origins(maps, size)
    shares = [(torch.minimum(p, side - p) + 0.5).clamp(0, 1) for p in (x, y)]
    return (shares[0] * shares[1]).unsqueeze(1)


@dataclass(frozen=True, eq=False)
class MappedBack:
    """Heat-maps (B, K, h, h) in the plain view; valid (B, 1, h, h) is 1 where the view reached."""

    heatmaps: Tensor
    valid: Tensor


def map_back(heatmaps: Tensor, views: Views, grid: HeatmapGrid, mirror: Tensor) -> MappedBack:
    """Bring heat-maps (B, K, h, h) of views into the plain view, left and right put right again.

    `mirror` (K,) is the skeleton's `mirror_indices`. One bilinear resampling (METHOD 3.4.1, D19).
    """
    maps = _between_cells(views.to_plain, grid)
    plain = swap_sides(warp(heatmaps, maps, grid.size), views.is_mirrored, mirror)
    valid = coverage(maps, grid.size, grid.size) > _WHOLE
    return MappedBack(plain, valid.float())


def _origins(maps: Tensor, size: int) -> tuple[Tensor, Tensor]:
    """Where the centres of the output's pixels lie in the input: x and y, (B, size, size)."""
    back = inverse(maps.float())
    centres = torch.arange(size, device=maps.device, dtype=torch.float32) + 0.5
    (a, b, c), (d, e, f) = (row[..., None, None].unbind(1) for row in back[:, :2].unbind(1))
    column = centres.unsqueeze(-1)
    return a * centres + (b * column + c), d * centres + (e * column + f)


def _between_cells(maps: Tensor, grid: HeatmapGrid) -> Tensor:
    """Maps of pixels as maps of heat-maps, whose cell i covers [i, i + 1) as pixels do."""
    stride = torch.full_like(maps[:, 0, 0], grid.stride)
    offset = (grid.cell_centre - 0.5) * stride.unsqueeze(1).expand(-1, 2)
    to_pixels = scaling_maps(stride, offset)
    return compose(compose(to_pixels, maps), inverse(to_pixels))
