"""Read places off heat-maps so that gradients flow back into them (METHOD 3.4.2)."""

import torch
from torch import Tensor

TEMPERATURE = 0.15  # of a map that peaks at 1
REACH = 4  # cells to each side of the largest one
_EMPTY = 0.01  # keeps the gradients of empty maps finite; a clear peak's weights sum to 1 and more


def soft_argmax(
    heatmaps: Tensor, *, temperature: float = TEMPERATURE, reach: int = REACH
) -> Tensor:
    """The expected place near the largest cell: (B, K, h, w) -> (B, K, 2) float32, cell indices.

    In the window of 2 * reach + 1 cells about the largest one, cells weigh
    `exp(value / temperature) - 1`: like a softmax where the peak is high, like the map itself where
    it is low, and never with the background, so that a faint peak is not drawn to the window's
    middle. The faintest peaks have the largest gradients: weigh them by confidence. A map without
    any positive cell, or with NaN, gives a finite place and finite gradients.
    """
    largest, at = heatmaps.detach().flatten(2).max(dim=-1, keepdim=True)
    width = heatmaps.shape[-1]
    cell = torch.cat([at % width, at.div(width, rounding_mode="floor")], dim=-1)
    values = _window(heatmaps, cell, reach).float()
    weights = _sharpened(values, torch.nan_to_num(largest.float()), temperature)
    steps = torch.arange(-reach, reach + 1, device=weights.device, dtype=weights.dtype)
    total = weights.sum(-1) + _EMPTY
    grid = weights.unflatten(-1, (len(steps), len(steps)))
    x, y = (grid.sum(-2) * steps).sum(-1), (grid.sum(-1) * steps).sum(-1)
    return cell + torch.stack([x, y], dim=-1) / total.unsqueeze(-1)


def _window(maps: Tensor, cell: Tensor, reach: int) -> Tensor:
    """Values about cells (B, K, 2), row by row: (B, K, window cells); 0 outside and for NaN."""
    height, width = maps.shape[-2:]
    steps = torch.arange(-reach, reach + 1, device=maps.device)
    columns, rows = cell[..., :1] + steps, cell[..., 1:] + steps
    index = rows.clamp(0, height - 1).unsqueeze(-1) * width
    index = index + columns.clamp(0, width - 1).unsqueeze(-2)
    is_inside = _is_within(rows, height).unsqueeze(-1) & _is_within(columns, width).unsqueeze(-2)
    values = maps.flatten(2).gather(-1, index.flatten(2))
    return torch.where(is_inside.flatten(2) & ~values.isnan(), values, 0.0)


def _is_within(numbers: Tensor, count: int) -> Tensor:
    return (numbers >= 0) & (numbers < count)


def _sharpened(values: Tensor, largest: Tensor, temperature: float) -> Tensor:
    """`exp(v / t) - 1` for positive values, over `exp(largest / t)` so that nothing overflows."""
    positive, top = values.clamp_min(0), largest.clamp_min(0)
    return torch.exp((positive - top) / temperature) - torch.exp(-top / temperature)
