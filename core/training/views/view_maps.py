"""Draw the geometry of augmented views: one affine map from canvas to view for each sample."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from core.training.data.canvas import ROOM
from core.training.views.affine_maps import (
    affine_maps,
    compose,
    inverse,
    map_points,
    scaling_maps,
)
from core.training.views.hashed_draws import between, uniform
from core.training.views.view_ranges import Range, ViewRanges


@dataclass(frozen=True, eq=False)
class Views:
    """Canvas -> view (B, 3, 3) float32, in pixels; is_mirrored (B,) bool; sides in pixels."""

    maps: Tensor
    is_mirrored: Tensor
    canvas: int
    size: int

    @property
    def from_plain(self) -> Tensor:
        """Plain view -> view, (B, 3, 3)."""
        return compose(inverse(self._plain), self.maps)

    @property
    def to_plain(self) -> Tensor:
        """View -> plain view, (B, 3, 3)."""
        return compose(inverse(self.maps), self._plain)

    @property
    def _plain(self) -> Tensor:
        return plain_maps(self.is_mirrored, self.canvas, self.size)


def plain_maps(like: Tensor, canvas: int, size: int) -> Tensor:
    """Canvas -> plain view (B, 3, 3): the middle of the canvas, for as many samples as `like`."""
    scale = torch.full(like.shape[:1], ROOM * size / canvas, device=like.device)
    return scaling_maps(scale, (size - scale * canvas).unsqueeze(1).expand(-1, 2) / 2)


def plain_views(seeds: Tensor, canvas: int, size: int) -> Views:
    """The views that change nothing, for as many samples as there are seeds."""
    is_mirrored = torch.zeros_like(seeds, dtype=torch.bool)
    return Views(plain_maps(seeds, canvas, size), is_mirrored, canvas, size)


def draw_maps(ranges: ViewRanges, seeds: Tensor, canvas: int, size: int) -> Views:
    """A view for each seed (B,): crop, mirror, scale, shear, rotation, translation, in this order.

    All but the crop and the translation leave the middle where it is. Fork the seeds first, where
    a sample has several views.
    """
    shown = compose(plain_maps(seeds, canvas, size), draw_crops(ranges.crop_area, seeds, size))
    chance = uniform(seeds, "view", 6)
    is_mirrored = chance[:, 0] < ranges.mirror_probability
    scale = between(chance[:, 1], *ranges.scale)
    linear = _turns(ranges, chance[:, 2:4]) * scale.view(-1, 1, 1)
    linear = linear * torch.stack([1.0 - 2.0 * is_mirrored, torch.ones_like(scale)], -1)[:, None]
    shift = between(chance[:, 4:], -1, 1) * (ranges.translation * size)
    offset = size / 2 - linear.sum(-1) * (size / 2) + shift
    return Views(compose(shown, affine_maps(linear, offset)), is_mirrored, canvas, size)


def draw_crops(area: Range, seeds: Tensor, size: int) -> Tensor:
    """Random-resized crops (B, 3, 3) of a view of `size` pixels, zoomed to fill it.

    Composed with the plain maps, one crop can be shared by several views of a sample, as the
    authors do.
    """
    chance = uniform(seeds, "crop", 3)
    share = between(chance[:, 0], *area).sqrt()
    corner = chance[:, 1:] * (1 - share.unsqueeze(1)) * size
    return scaling_maps(1 / share, -corner / share.unsqueeze(1))


def map_keypoints(keypoints: Tensor, maps: Tensor, is_mirrored: Tensor, mirror: Tensor) -> Tensor:
    """Keypoints (B, K, 2) moved by maps (B, 3, 3) into or out of views, sides swapped by mirrors.

    `mirror` (K,) is the skeleton's `mirror_indices`.
    """
    return swap_sides(map_points(keypoints, maps), is_mirrored, mirror)


def swap_sides(values: Tensor, is_mirrored: Tensor, mirror: Tensor) -> Tensor:
    """Exchange left and right of values (B, K, ...) in mirrored samples (B,)."""
    count = len(mirror)
    kept = torch.arange(count, device=values.device)
    order = torch.where(is_mirrored.unsqueeze(1), mirror, kept)
    first = torch.arange(len(values), device=values.device).unsqueeze(1) * count
    rows = (first + order).flatten()  # whole maps move at once, which is faster than a `where`
    return values.flatten(0, 1).index_select(0, rows).view(values.shape)


def _turns(ranges: ViewRanges, chance: Tensor) -> Tensor:
    """Shear along x, then rotation, both in degrees, from chance (B, 2); (B, 2, 2)."""
    turn = between(chance[:, 0], -1, 1) * math.radians(ranges.rotation)
    slant = (between(chance[:, 1], -1, 1) * math.radians(ranges.shear)).tan()
    cosine, sine = turn.cos(), turn.sin()
    rows = [cosine, -cosine * slant - sine, sine, cosine - sine * slant]
    return torch.stack(rows, dim=-1).view(-1, 2, 2)
