"""Spoil pictures as cameras and their surroundings do: blur, noise, parts covered."""

import math

import torch
from torch import Tensor
from torch.nn import functional as fn

from core.training.full_precision import full_precision
from core.training.views.hashed_draws import between, fork, uniform, white_noise
from core.training.views.view_ranges import ErasingRanges

_SHARPEST = 1e-3  # pixels; a Gaussian this narrow leaves a picture as it is


def blur(pictures: Tensor, largest: float, probability: float, seeds: Tensor) -> Tensor:
    """Gaussian blur of pictures (B, C, H, W), sigma up to `largest` pixels, for a share of them."""
    chance = uniform(seeds, "blur", 2)
    sigma = torch.where(chance[:, 0] < probability, largest * chance[:, 1], 0.0)
    reach = math.ceil(2.5 * largest)
    steps = torch.arange(-reach, reach + 1, device=pictures.device)
    widths = sigma.clamp_min(_SHARPEST).unsqueeze(1)
    kernels = torch.softmax(-(steps**2) / (2 * widths**2), dim=1)
    kernels = kernels.repeat_interleave(pictures.shape[1], dim=0)
    maps = fn.pad(pictures, (reach,) * 4, mode="replicate").flatten(0, 1).unsqueeze(0)
    groups = maps.shape[1]
    with full_precision(pictures):
        maps = fn.conv2d(maps, kernels[:, None, None], groups=groups)
        maps = fn.conv2d(maps, kernels[:, None, :, None], groups=groups)
    return maps.view(pictures.shape)


def add_noise(pictures: Tensor, largest: float, seeds: Tensor) -> Tensor:
    """White noise on pictures (B, C, H, W), deviation up to `largest`, then clamped to [0, 1]."""
    noise = white_noise(seeds, "noise", pictures[0].numel()).view(pictures.shape)
    strength = largest * uniform(seeds, "strength of noise", 1).view(-1, 1, 1, 1)
    return torch.addcmul(pictures, noise, strength).clamp_(0, 1)


def erase(pictures: Tensor, ranges: ErasingRanges, seeds: Tensor) -> Tensor:
    """Cover rectangles of pictures (B, 3, H, W) with one random colour each."""
    for number in range(ranges.count):
        chance = uniform(fork(seeds, f"erased {number}"), "rectangle", 8)
        is_inside = _rectangles(pictures, ranges, chance[:, :4])
        is_erased = is_inside & (chance[:, 4] < ranges.probability).view(-1, 1, 1)
        colour = chance[:, 5:, None, None]
        pictures = torch.where(is_erased.unsqueeze(1), colour, pictures)
    return pictures


def _rectangles(pictures: Tensor, ranges: ErasingRanges, chance: Tensor) -> Tensor:
    """(B, H, W) bool, true inside a rectangle that lies within the picture."""
    height, width = pictures.shape[-2:]
    sides = between(chance[:, :2], *ranges.side)
    low = chance[:, 2:] * (1 - sides)
    high = low + sides
    x = (torch.arange(width, device=chance.device) + 0.5) / width
    y = (torch.arange(height, device=chance.device) + 0.5) / height
    is_column = (x >= low[:, :1]) & (x < high[:, :1])
    is_row = (y >= low[:, 1:]) & (y < high[:, 1:])
    return is_row.unsqueeze(2) & is_column.unsqueeze(1)
