"""The steps of a Kp2Seg's training."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.networks.kp2seg import AREA_SIZE, Kp2Seg
from core.pose.skeleton import shipped_skeleton
from core.training.loop.order import Order
from core.training.objectives.area_losses import cross_entropy_loss, dice_loss
from core.training.priors.kp2seg_recipe import Kp2SegRecipe
from core.training.priors.silhouettes import CANVAS, UNKNOWN, Silhouettes
from core.training.views.hashed_draws import fork, uniform, white_noise
from core.training.views.view_maps import Views, draw_maps, map_keypoints, plain_views
from core.training.views.warp import warp

_WARMING = 0.05  # share of the steps in which the learning rate rises
_INFANT = 200.0  # of an area's numbers
_WHOLE = 0.999


@dataclass(frozen=True, eq=False)
class AreaViews:
    """Bodies in views of 64 pixels.

    points (B, 16, 2), -1 to 1 across the view; area (B, 1, 64, 64), the share of a pixel that is
    inside; is_known (B, 1, 64, 64), 1 where that can be said.
    """

    points: Tensor
    area: Tensor
    is_known: Tensor


class Kp2SegLearner:
    """Learns areas; a step depends on the recipe's seed, its number and the state alone."""

    def __init__(self, module: Kp2Seg, bodies: Silhouettes, recipe: Kp2SegRecipe) -> None:
        """`module` is trained in place, on the device where it is."""
        self.batch = recipe.batch
        self._module = module.train()
        self._bodies = bodies
        self._recipe = recipe
        self._order = Order(recipe.seed, len(bodies))
        self._optimiser = torch.optim.AdamW(
            module.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
        )

    def step(self, number: int) -> Mapping[str, Tensor]:
        """Learn from one batch: L = a BCE + b Dice, over the pixels that are known."""
        recipe, device = self._recipe, next(self._module.parameters()).device
        seeds = torch.from_numpy(self._order.seeds(number, self.batch))
        bodies = self._bodies.part(self._order.batch(number, self.batch))
        drawn = area_views(bodies, draw_maps(recipe.view, seeds, CANVAS, AREA_SIZE))
        points, known = disturbed_points(drawn.points, seeds, recipe)
        logits = self._module(points.to(device), known.to(device))
        area, is_known = drawn.area.to(device), drawn.is_known.to(device)
        losses = {
            "cross_entropy": cross_entropy_loss(logits, area, is_known),
            "dice": dice_loss(logits, area, is_known),
        }
        total = recipe.cross_entropy * losses["cross_entropy"] + recipe.dice * losses["dice"]
        for group in self._optimiser.param_groups:
            group["lr"] = self.rate(number)
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()
        self._optimiser.step()
        return {name: loss.detach() for name, loss in losses.items()}

    def rate(self, number: int) -> float:
        """The learning rate of a step."""
        share = (number + 1) / self._recipe.steps
        rising = min(share / _WARMING, 1.0)
        return self._recipe.learning_rate * rising * (0.5 + 0.5 * math.cos(math.pi * share))

    def state(self) -> dict[str, Any]:
        """Weights and optimiser."""
        return {"module": self._module.state_dict(), "optimiser": self._optimiser.state_dict()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self._module.load_state_dict(state["module"])
        self._optimiser.load_state_dict(state["optimiser"])


def area_views(bodies: Silhouettes, views: Views) -> AreaViews:
    """Bodies seen in views; sides are swapped by name where a view is a mirror image."""
    areas = torch.from_numpy(bodies.areas).unsqueeze(1)
    is_drawn = areas != UNKNOWN
    inside = torch.where(is_drawn, areas.float() / _INFANT, 0.0)
    both = warp(torch.cat([inside, is_drawn.float()], dim=1), views.maps, views.size)
    mirror = torch.from_numpy(shipped_skeleton().mirror_indices.copy())
    xy = map_keypoints(torch.from_numpy(bodies.xy), views.maps, views.is_mirrored, mirror)
    return AreaViews(xy * (2 / views.size) - 1, both[:, :1], (both[:, 1:] > _WHOLE).float())


def plain_areas(bodies: Silhouettes) -> AreaViews:
    """Bodies as the product would cut them out."""
    return area_views(bodies, plain_views(torch.zeros(len(bodies)), CANVAS, AREA_SIZE))


def disturbed_points(points: Tensor, seeds: Tensor, recipe: Kp2SegRecipe) -> tuple[Tensor, Tensor]:
    """Points as a network would find them, and which of them (B, 16) are there at all."""
    count = points.shape[1]
    strength = 2 * recipe.jitter * uniform(fork(seeds, "jitter"), "strength", 1)
    noise = white_noise(fork(seeds, "jitter"), "noise", 2 * count).view_as(points)
    chance = uniform(seeds, "missing", count + 1)
    is_missing = (chance[:, 1:] < recipe.missing) & (chance[:, :1] < 0.5)
    return points + strength.unsqueeze(-1) * noise, (~is_missing).to(points.dtype)


def overlap(logits: Tensor, views: AreaViews) -> Tensor:
    """Intersection over union (B,) of the predicted and the true area, in the known pixels."""
    is_known = views.is_known > 0
    found, truth = (logits > 0) & is_known, (views.area > 0.5) & is_known
    both = (found & truth).sum(dim=(1, 2, 3))
    return both / (found | truth).sum(dim=(1, 2, 3)).clamp_min(1)
