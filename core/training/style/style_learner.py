"""The steps of a style decoder's training."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as fn

from core.networks.style_network import StyleDecoder, StyleEncoder, adapt_statistics
from core.training.batch import Batch, BatchSource
from core.training.data.canvas import CANVAS
from core.training.style.style_losses import gram_distance, moment_distance, style_loss
from core.training.style.style_recipe import StyleRecipe
from core.training.views.hashed_draws import fork, uniform
from core.training.views.view_maps import draw_maps
from core.training.views.view_pictures import Appearance, show

_DISTANCES = {"moments": moment_distance, "gram": gram_distance}


class StyleLearner:
    """Learns to render features; a step depends on the recipe, its number and the state alone."""

    def __init__(
        self,
        encoder: StyleEncoder,
        decoder: StyleDecoder,
        batches: tuple[BatchSource, BatchSource],
        recipe: StyleRecipe,
    ) -> None:
        """`decoder` is trained in place; `batches` are the source's and the target's."""
        self.batch = recipe.batch
        self._encoder = encoder.eval().requires_grad_(False)
        self._decoder = decoder.train().requires_grad_(True)
        self._source, self._target = batches
        self._recipe, self._distance = recipe, _DISTANCES[recipe.style_distance]
        self._optimiser = torch.optim.Adam(decoder.parameters(), lr=recipe.learning_rate)

    def step(self, number: int) -> Mapping[str, Tensor]:
        """Render one batch of contents in the styles of another, and learn from the encoder."""
        recipe = self._recipe
        contents, styles = self._pictures(number)
        with torch.no_grad():
            wanted = self._encoder.levels(styles)
            target = adapt_statistics(self._encoder(contents), wanted[-1])
        found = self._encoder.levels(self._decoder(target))
        losses = {
            "content": fn.mse_loss(found[-1], target),
            "style": style_loss(found, wanted, self._distance),
        }
        total = recipe.content * losses["content"] + recipe.style * losses["style"]
        for group in self._optimiser.param_groups:
            group["lr"] = self.rate(number)
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()
        self._optimiser.step()
        return {name: loss.detach() for name, loss in losses.items()}

    def rate(self, number: int) -> float:
        """The learning rate of a step."""
        return self._recipe.learning_rate / (1 + self._recipe.decay * number)

    def state(self) -> dict[str, Any]:
        """Weights and optimiser."""
        return {"decoder": self._decoder.state_dict(), "optimiser": self._optimiser.state_dict()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self._decoder.load_state_dict(state["decoder"])
        self._optimiser.load_state_dict(state["optimiser"])

    def _pictures(self, number: int) -> tuple[Tensor, Tensor]:
        """Contents and styles: in half of the pairs the target's picture is the content."""
        source = self._source.batch(number, self.batch)
        target = self._target.batch(number, self.batch)
        one, other = self._shown(source), self._shown(target)
        chance = uniform(fork(source.seeds, "direction"), "content", 1)
        is_turned = (chance < 0.5).view(-1, 1, 1, 1)
        return torch.where(is_turned, other, one), torch.where(is_turned, one, other)

    def _shown(self, batch: Batch) -> Tensor:
        seeds = fork(batch.seeds, "style view")
        views = draw_maps(self._recipe.view, seeds, CANVAS, self._recipe.size)
        return show(batch.pictures, views, Appearance(), seeds)
