"""From the teacher's heat-maps to labels for the student: rectified peaks and how far to trust."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from core.prediction.heatmap_decoding import argmax_cells, decode_heatmaps
from core.training.full_precision import full_precision
from core.training.objectives.gaussian_targets import draw_gaussians

Rectifying = Literal["sub_pixel", "integer"]
Grouping = Literal["keypoint", "batch"]
Gather = Callable[[Tensor], Tensor]


@dataclass(frozen=True, eq=False)
class PseudoLabels:
    """Peaks of the teacher's maps: cells (B, K, 2) as indices, confidence (B, K)."""

    cells: Tensor
    confidence: Tensor


def find_pseudo_labels(heatmaps: Tensor, rectifying: Rectifying) -> PseudoLabels:
    """Peaks of maps (B, K, h, h): between cells, or the largest cell as the authors take it.

    Both give the map's highest value as confidence; no gradient flows.
    """
    maps = torch.nan_to_num(heatmaps.detach().float())
    with full_precision(maps):
        found = argmax_cells(maps) if rectifying == "integer" else decode_heatmaps(maps)
    return PseudoLabels(found.xy, maps.amax(dim=(2, 3)))


def rectify(labels: PseudoLabels, size: int, sigma: float) -> Tensor:
    """A fresh Gaussian of peak 1 at every pseudo-label, (B, K, size, size) (METHOD 1.2)."""
    return draw_gaussians(labels.cells, size, sigma)


def confidence_threshold(
    confidence: Tensor, rejected: float, grouping: Grouping, gather: Gather | None = None
) -> Tensor:
    """The confidence that a share `rejected` of the pseudo-labels does not exceed.

    By keypoint, (1, K), so that easy ones do not crowd out wrists and knees (D22); or one number
    (1, 1) for the whole batch, as the authors. It is the floor(rejected * n)-th smallest of n.

    Args:
        confidence: (B, K).
        rejected: in [0, 1).
        grouping: what competes with what.
        gather: puts the batches of all processes together along the first axis.
    """
    everything = confidence.detach() if gather is None else gather(confidence.detach())
    values = everything.flatten().unsqueeze(1) if grouping == "batch" else everything
    rank = int(rejected * len(values))
    if rank == 0:
        return torch.full_like(values[:1], -torch.inf)
    return values.kthvalue(rank, dim=0, keepdim=True).values


def confidence_mask(confidence: Tensor, threshold: Tensor, least: float = 0.0) -> Tensor:
    """1.0 for pseudo-labels (B, K) that exceed the threshold and are at least `least`."""
    return ((confidence > threshold) & (confidence >= least)).float()
