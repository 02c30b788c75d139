"""Change the colours of many pictures at once: one affine map of colour for each picture."""

import math

import torch
from torch import Tensor

from core.training.full_precision import full_precision
from core.training.views.hashed_draws import between, uniform
from core.training.views.view_ranges import ColourRanges


def jitter_colours(pictures: Tensor, ranges: ColourRanges, seeds: Tensor) -> Tensor:
    """Brightness, contrast, saturation and hue of pictures (B, 3, H, W) in [0, 1], then clamped.

    In this order and without clamping between, so that the four are one product; grey is the mean
    of the three colours, and contrast acts about the picture's mean grey.
    """
    chance = between(uniform(seeds, "colour", 4), -1, 1)
    brightness = 1 + ranges.brightness * chance[:, 0]
    contrast = 1 + ranges.contrast * chance[:, 1]
    saturation = 1 + ranges.saturation * chance[:, 2]
    gain = (brightness * contrast).view(-1, 1, 1)
    mixing = gain * _chroma_maps(saturation, 2 * math.pi * ranges.hue * chance[:, 3])
    grey = pictures.mean(dim=(1, 2, 3)) * brightness * (1 - contrast)
    with full_precision(pictures):
        mixed = torch.baddbmm(grey.view(-1, 1, 1), mixing, pictures.flatten(2))
    return mixed.clamp_(0, 1).view(pictures.shape)


def _chroma_maps(saturation: Tensor, angle: Tensor) -> Tensor:
    """(B, 3, 3) that scale colours away from grey and turn them about the grey axis."""
    unit = torch.eye(3, device=angle.device)
    grey = torch.full_like(unit, 1 / 3)
    turn = (unit.roll(1, 0) - unit.roll(-1, 0)) / math.sqrt(3)  # cross product with the grey axis
    along, across = saturation * angle.cos(), saturation * angle.sin()
    return grey + along.view(-1, 1, 1) * (unit - grey) + across.view(-1, 1, 1) * turn
