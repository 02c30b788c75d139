"""Read keypoints off heatmaps with sub-pixel precision.

Method: DARK (Zhang et al., CVPR 2020). The map is smoothed by a Gaussian, its largest cell found,
and a parabola laid through the logarithms of the neighbours along each axis. The logarithm of a
Gaussian is a parabola and a smoothed Gaussian is one again, so the peak is exact for the round
Gaussians that the networks are trained on; the smoothing decides between ragged double peaks.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from core.models.card import ModelCard
from core.models.heatmap_grid import HeatmapGrid

_SMOOTHING = 1.2  # cells; the width of MoveNet's own peaks
_REACH = 4  # cells; where the smoothing kernel ends
_FLOOR = 1e-6  # log of smaller values would let empty background steer the parabola


@dataclass(frozen=True, eq=False)
class Peaks:
    """The best place for each keypoint: xy (B, K, 2) in cell indices, confidence (B, K)."""

    xy: Tensor
    confidence: Tensor

    def in_pixels(self, card: ModelCard) -> Tensor:
        """The places in pixels of the network's input, (B, K, 2)."""
        grid = HeatmapGrid.of(card)
        return (self.xy + grid.cell_centre) * grid.stride


def decode_heatmaps(heatmaps: Tensor) -> Peaks:
    """Sub-pixel peaks of heatmaps (B, K, h, w) with values from 0 to about 1."""
    smooth = _smoothed(heatmaps)
    cells = argmax_cells(smooth)
    logs = _around(smooth, cells.xy).clamp_min(_FLOOR).log()
    row, column = logs[..., 1, :], logs[..., :, 1]
    offset = torch.stack([_vertex(*row.unbind(-1)), _vertex(*column.unbind(-1))], dim=-1)
    confidence = _around(heatmaps, cells.xy).amax(dim=(-2, -1))
    return Peaks(cells.xy + offset, confidence.clamp(0.0, 1.0))


def argmax_cells(heatmaps: Tensor) -> Peaks:
    """Integer peaks, as the authors of SHIFT read their heatmaps (METHOD 1.8)."""
    confidence, at = heatmaps.flatten(2).max(dim=-1)
    width = heatmaps.shape[-1]
    xy = torch.stack([at % width, torch.div(at, width, rounding_mode="floor")], dim=-1)
    return Peaks(xy.to(heatmaps.dtype), confidence)


def _smoothed(heatmaps: Tensor) -> Tensor:
    """(B, K, h, w) under a Gaussian; borders are repeated, so that they do not pull peaks in.

    As two matrix products, which are many times faster than convolutions of a single channel.
    """
    height, width = heatmaps.shape[-2:]
    return _smoothing(height, heatmaps) @ heatmaps @ _smoothing(width, heatmaps).T


def _smoothing(size: int, like: Tensor) -> Tensor:
    """The matrix (size, size) that smooths a column, of the dtype and on the device of `like`."""
    steps = torch.arange(-_REACH, _REACH + 1, device=like.device)
    kernel = torch.softmax(-(steps.to(like.dtype) ** 2) / (2 * _SMOOTHING**2), dim=0)
    cells = torch.arange(size, device=like.device).unsqueeze(1)
    matrix = like.new_zeros(size, size)
    return matrix.scatter_add(1, (cells + steps).clamp(0, size - 1), kernel.expand(size, -1))


def _around(maps: Tensor, cells: Tensor) -> Tensor:
    """The 3 x 3 values about cells (B, K, 2), borders repeated: (B, K, 3, 3)."""
    height, width = maps.shape[-2:]
    steps = torch.arange(-1, 2, device=maps.device)
    columns = (cells[..., :1].long() + steps).clamp(0, width - 1)
    rows = (cells[..., 1:].long() + steps).clamp(0, height - 1)
    at = rows.unsqueeze(-1) * width + columns.unsqueeze(-2)
    return maps.flatten(2).gather(-1, at.flatten(2)).unflatten(-1, (3, 3))


def _vertex(before: Tensor, peak: Tensor, after: Tensor) -> Tensor:
    """Where the parabola through three neighbours has its top, within half a cell of `peak`."""
    curvature = before - 2 * peak + after
    offset = 0.5 * (before - after) / curvature.clamp_max(-_FLOOR)
    return offset.clamp(-0.5, 0.5)
