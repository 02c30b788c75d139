"""The steps of an outline network's training."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from core.networks.load import SegmentationNetwork
from core.training.batch import Batch, Batches
from core.training.data.canvas import CANVAS
from core.training.loop.schedule import growing_decay, warm_cosine
from core.training.objectives.area_losses import cross_entropy_loss, dice_loss
from core.training.objectives.mean_teacher import MeanTeacher
from core.training.outline.outline_recipe import OutlineRecipe
from core.training.precision import autocast_dtype
from core.training.views.hashed_draws import fork
from core.training.views.view_maps import draw_maps
from core.training.views.view_pictures import Appearance, show
from core.training.views.warp import warp


class OutlineLearner:
    """A network, and the moving average of its weights; see `core.training.loop.train`."""

    def __init__(
        self,
        network: SegmentationNetwork,
        average: SegmentationNetwork,
        batches: Batches,
        recipe: OutlineRecipe,
    ) -> None:
        """`network` and `average` begin alike, on one device, and are trained in place."""
        self.batch = recipe.batch
        self._network, self._average = network, average
        self._batches, self._recipe = batches, recipe
        self._look = Appearance(recipe.colours, recipe.erasing)
        self._mean_teacher = MeanTeacher(average.module, network.module.train(), "copy")
        self._parameters = list(network.module.parameters())
        self._device = self._parameters[0].device.type
        self._dtype = autocast_dtype(recipe.precision, self._parameters[0].device)
        self._optimiser = torch.optim.Adam(self._parameters, lr=recipe.learning_rate)

    def step(self, number: int) -> Mapping[str, Tensor]:
        """Learn from one batch, then the average follows."""
        losses = self._losses(self._batches.batch(number, self.batch))
        self._optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        clip_grad_norm_(self._parameters, self._recipe.clip_norm)
        for group in self._optimiser.param_groups:
            group["lr"] = self.rate(number)
        self._optimiser.step()
        self._mean_teacher.follow(growing_decay(self._recipe.decay, number))
        return {name: loss.detach() for name, loss in losses.items()}

    def rate(self, number: int) -> float:
        """The learning rate of a step."""
        recipe = self._recipe
        return recipe.learning_rate * warm_cosine(number, recipe.steps, recipe.warm_up)

    def state(self) -> dict[str, Any]:
        """Weights, their average and the optimiser's moments."""
        return {
            "module": self._network.module.state_dict(),
            "average": self._average.module.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self._network.module.load_state_dict(state["module"])
        self._average.module.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])

    def _losses(self, batch: Batch) -> dict[str, Tensor]:
        seeds = fork(batch.seeds, "mask")
        views = draw_maps(self._recipe.view, seeds, CANVAS, self._network.card.input_size)
        pictures = show(batch.pictures, views, self._look, seeds)
        area = warp(batch.infant, views.maps, views.size)
        with torch.autocast(self._device, self._dtype, enabled=self._dtype is not None):
            logits = self._network.logits(pictures)
        known = torch.ones_like(area)
        return {
            "cross_entropy": cross_entropy_loss(logits, area, known),
            "dice": dice_loss(logits, area, known),
        }
