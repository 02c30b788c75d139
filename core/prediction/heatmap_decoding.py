"""Read keypoints off heatmaps with sub-pixel precision.

Method: DARK (Zhang et al., CVPR 2020). The map is smoothed by a Gaussian, its largest cell found,
and a parabola laid through the logarithms of the neighbours along each axis. The logarithm of a
Gaussian is a parabola and a smoothed Gaussian is one again, so the peak is exact for the round
Gaussians that the networks are trained on; the smoothing decides between ragged double peaks.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as fn

from core.models.card import ModelCard

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
        return (self.xy + _cell_centre(card)) * (card.input_size / card.heatmap_size)


def decode_heatmaps(heatmaps: Tensor) -> Peaks:
    """Sub-pixel peaks of heatmaps (B, K, h, w) with values from 0 to about 1."""
    smooth = _smoothed(heatmaps)
    cells = argmax_cells(smooth)
    x, y = cells.xy.long().unbind(-1)
    logs = fn.pad(smooth.clamp_min(_FLOOR).log(), (1, 1, 1, 1), mode="replicate")
    row = logs.shape[-1]
    centre = (y + 1) * row + x + 1
    around = torch.stack([centre, centre - 1, centre + 1, centre - row, centre + row], dim=-1)
    peak, left, right, above, below = _values(logs, around).unbind(-1)
    offset = torch.stack([_vertex(left, peak, right), _vertex(above, peak, below)], dim=-1)
    nearby = fn.max_pool2d(heatmaps, 3, stride=1, padding=1)
    confidence = _values(nearby, (y * heatmaps.shape[-1] + x).unsqueeze(-1)).squeeze(-1)
    return Peaks(cells.xy + offset, confidence.clamp(0.0, 1.0))


def argmax_cells(heatmaps: Tensor) -> Peaks:
    """Integer peaks, as the authors of SHIFT read their heatmaps (METHOD 1.8)."""
    confidence, at = heatmaps.flatten(2).max(dim=-1)
    width = heatmaps.shape[-1]
    xy = torch.stack([at % width, torch.div(at, width, rounding_mode="floor")], dim=-1)
    return Peaks(xy.to(heatmaps.dtype), confidence)


def _cell_centre(card: ModelCard) -> float:
    """Where in its cell a peak at an integer index lies.

    MoveNet: in the middle, measured without labels by comparing images with their mirror image
    (2.0 of 4 pixels). The authors draw a target at cell `int(x / 4 + 0.5)`: at the corner.
    """
    return 0.5 if card.architecture == "movenet_thunder" else 0.0


def _smoothed(heatmaps: Tensor) -> Tensor:
    """(B, K, h, w) under a Gaussian; borders are repeated, so that they do not pull peaks in."""
    steps = torch.arange(-_REACH, _REACH + 1, device=heatmaps.device, dtype=heatmaps.dtype)
    kernel = torch.softmax(-(steps**2) / (2 * _SMOOTHING**2), dim=0)
    maps = fn.pad(heatmaps, (_REACH,) * 4, mode="replicate").flatten(0, 1).unsqueeze(1)
    maps = fn.conv2d(fn.conv2d(maps, kernel.view(1, 1, 1, -1)), kernel.view(1, 1, -1, 1))
    return maps.view(heatmaps.shape)


def _values(maps: Tensor, at: Tensor) -> Tensor:
    """Values of maps (B, K, h, w) at flat cell numbers (B, K, N)."""
    return maps.flatten(2).gather(-1, at)


def _vertex(before: Tensor, peak: Tensor, after: Tensor) -> Tensor:
    """Where the parabola through three neighbours has its top, within half a cell of `peak`."""
    curvature = before - 2 * peak + after
    offset = 0.5 * (before - after) / curvature.clamp_max(-_FLOOR)
    return offset.clamp(-0.5, 0.5)
