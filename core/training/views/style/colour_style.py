"""Give pictures the colours of others: mean and spread along three decorrelated axes."""

import torch
from torch import Tensor

from core.training.full_precision import full_precision

_LARGEST_GAIN = 4.0  # more would blow the noise of nearly grey recordings up to colours
_FLAT = 1e-6
# Lightness, yellow - blue, red - green: the axes of l alpha beta, which is what makes the three
# independent (Ruderman et al. 1998), at unit length.
_AXES = (
    (3**-0.5, 3**-0.5, 3**-0.5),
    (6**-0.5, 6**-0.5, -2 * 6**-0.5),
    (2**-0.5, -(2**-0.5), 0.0),
)


def match_colours(pictures: Tensor, styles: Tensor, strength: Tensor) -> Tensor:
    """Pictures with the mean and standard deviation of others, along each axis of colour.

    After Reinhard et al., "Color transfer between images" (2001), without their logarithm: dark
    pixels do not dominate, and the whole is one affine map of colour for each picture. Where a
    spread would grow more than fourfold, it grows fourfold.

    Args:
        pictures: (B, 3, H, W) float32 in [0, 1].
        styles: (B, 3, h, w) of the same kind; the size may differ.
        strength: (B,), 0 leaves a picture as it is, 1 matches wholly.

    Returns:
        (B, 3, H, W) float32, clamped to [0, 1].
    """
    axes = _axes(pictures)
    pixels = pictures.flatten(2)
    with full_precision(pictures):
        spread, mean = _statistics(pixels, axes)
        other_spread, other_mean = _statistics(styles.flatten(2), axes)
        gain = (other_spread / spread.clamp_min(_FLAT)).clamp_max(_LARGEST_GAIN)
        change = strength.view(-1, 1) * (gain - 1)
        shift = strength.view(-1, 1) * (other_mean - gain * mean)
        unit = torch.eye(3, device=pictures.device)
        mixing = unit + axes.T @ (change.unsqueeze(-1) * axes)
        mixed = torch.baddbmm((shift @ axes).unsqueeze(-1), mixing, pixels)
    return mixed.clamp_(0, 1).view(pictures.shape)


def _axes(like: Tensor) -> Tensor:
    """(3, 3), one axis a row, written on the device: a copy of them would make it wait."""
    values = [torch.full((), value, device=like.device) for row in _AXES for value in row]
    return torch.stack(values).view(3, 3)


def _statistics(pixels: Tensor, axes: Tensor) -> tuple[Tensor, Tensor]:
    """Standard deviation and mean (B, 3) along the axes of pixels (B, 3, N)."""
    return torch.std_mean(axes @ pixels, dim=-1)
