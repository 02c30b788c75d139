"""Affine maps of the plane, many at a time: (B, 3, 3) in pixel coordinates.

Written without matrix products, which autocast would round, and without a library's inverse,
which would make the device wait to report singular matrices.
"""

import torch
from torch import Tensor


def affine_maps(linear: Tensor, offset: Tensor) -> Tensor:
    """The maps x -> linear x + offset, from (B, 2, 2) and (B, 2)."""
    top = torch.cat([linear, offset.unsqueeze(-1)], dim=-1)
    bottom = torch.zeros_like(top[:, :1])
    bottom[..., 2] = 1.0
    return torch.cat([top, bottom], dim=1)


def scaling_maps(factor: Tensor, offset: Tensor) -> Tensor:
    """The maps x -> factor * x + offset, from (B,) and (B, 2)."""
    unit = torch.eye(2, device=factor.device, dtype=factor.dtype)
    return affine_maps(factor.view(-1, 1, 1) * unit, offset)


def compose(first: Tensor, then: Tensor) -> Tensor:
    """The maps that do `first` and then `then`."""
    return (then.unsqueeze(-1) * first.unsqueeze(-3)).sum(-2)


def inverse(maps: Tensor) -> Tensor:
    """The maps back; infinite where a plane is collapsed."""
    (a, b, c), (d, e, f) = (row.unbind(-1) for row in maps[:, :2].unbind(1))
    n = 1 / (a * e - b * d)
    linear = torch.stack([e * n, -b * n, -d * n, a * n], dim=-1).view(-1, 2, 2)
    return affine_maps(linear, -(linear * torch.stack([c, f], dim=-1).unsqueeze(1)).sum(-1))


def map_points(points: Tensor, maps: Tensor) -> Tensor:
    """Points (B, N, 2), each sample's by its own map; differentiable, NaN stays NaN."""
    linear, offset = maps[:, None, :2, :2], maps[:, None, :2, 2]
    return (linear * points.unsqueeze(-2)).sum(-1) + offset
