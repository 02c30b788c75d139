"""Hide one confident keypoint of a view under a patch of the same view (METHOD 1.4, D20, D21)."""

import torch
from torch import Tensor

from core.training.views.hashed_draws import uniform
from core.training.views.view_ranges import OcclusionRule


def hide_keypoints(
    pictures: Tensor, places: Tensor, confidence: Tensor, rule: OcclusionRule, seeds: Tensor
) -> Tensor:
    """Cover a square about one keypoint in a share of the views.

    The keypoint is one of those that the view shows with enough confidence, each as likely. The
    patch comes from where it does not overlap the square, and is copied before it is laid down.

    Args:
        pictures: views (B, C, S, S).
        places: pseudo-labels in the views' pixels, (B, K, 2).
        confidence: (B, K), of those labels.
        rule: how often, how sure, how large.
        seeds: (B,).

    Returns:
        New pictures; samples without a sure keypoint are unchanged.
    """
    size, side = pictures.shape[-1], 2 * rule.half_side
    chance = uniform(seeds, "occlusion", 5)
    chosen, is_hidden = _chosen_keypoint(places, confidence, rule, size, seeds)
    is_hidden = is_hidden & (chance[:, 0] < rule.probability)
    centre = places.detach().gather(1, chosen.view(-1, 1, 1).expand(-1, 1, 2)).squeeze(1)
    corner = (torch.nan_to_num(centre) - rule.half_side).round().long().clamp(0, size - side)
    origin = _elsewhere(corner, chance[:, 1:], side, size - side + 1)
    origin = torch.where(is_hidden.unsqueeze(1), origin, corner)  # onto itself: nothing changes
    flat = pictures.flatten(2)
    patch = flat.gather(2, _pixels(origin, side, size, flat.shape[1]))
    hidden = flat.scatter(2, _pixels(corner, side, size, flat.shape[1]), patch)
    return hidden.view(pictures.shape)


def _chosen_keypoint(
    places: Tensor, confidence: Tensor, rule: OcclusionRule, size: int, seeds: Tensor
) -> tuple[Tensor, Tensor]:
    """One candidate of each sample, every one as likely, and whether there is any: both (B,)."""
    is_shown = ((places >= 0) & (places < size)).all(-1)
    lots = uniform(seeds, "hidden keypoint", confidence.shape[1])
    lots = torch.where(is_shown & (confidence >= rule.threshold), lots, -1.0)
    best, chosen = lots.max(dim=1)
    return chosen, best >= 0


def _elsewhere(corner: Tensor, chance: Tensor, side: int, places: int) -> Tensor:
    """Corners (B, 2) of squares that do not overlap those at `corner`, from chance (B, 4).

    A place that would overlap moves along x, around the end if need be: steps from `side` to
    `places - side` keep clear in both directions.
    """
    origin = (chance[:, :2] * places).long()
    steps = side + (chance[:, 2] * max(places - 2 * side + 1, 1)).long()
    aside = torch.stack([(corner[:, 0] + steps) % places, origin[:, 1]], dim=1)
    overlaps = ((origin - corner).abs() < side).all(dim=1, keepdim=True)
    return torch.where(overlaps, aside, origin)


def _pixels(corner: Tensor, side: int, size: int, channels: int) -> Tensor:
    """Flat numbers of the pixels of squares, (B, channels, side * side)."""
    steps = torch.arange(side, device=corner.device)
    rows, columns = corner[:, 1:] + steps, corner[:, :1] + steps
    pixels = (rows.unsqueeze(2) * size + columns.unsqueeze(1)).flatten(1)
    return pixels.unsqueeze(1).expand(-1, channels, -1)
