"""The steps of a prior's training."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from core.networks.pose_prior import AuthorsPosePrior
from core.training.priors.noisy_pool import NoisyPool, seed_of
from core.training.priors.prior_recipe import Bucket, PriorRecipe

_WARMING = 0.05  # share of the steps in which the learning rate rises
_STEP_SEEDS = 1000  # numbers below are other purposes of the seed


class PriorLearner:
    """Learns distances; a step depends on the recipe's seed, its number and the state alone."""

    def __init__(self, module: AuthorsPosePrior, pool: NoisyPool, recipe: PriorRecipe) -> None:
        """`module` is trained in place, on the device where it is."""
        self.batch = recipe.batch
        self._module = module.train()
        self._pool = pool
        self._recipe = recipe
        self._optimiser = torch.optim.AdamW(
            module.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
        )

    def step(self, number: int) -> Mapping[str, Tensor]:
        """Learn from the buckets of this stage."""
        generator = torch.Generator().manual_seed(seed_of(self._recipe.seed, _STEP_SEEDS + number))
        for group in self._optimiser.param_groups:
            group["lr"] = self.rate(number)
        buckets = self._recipe.buckets(number)
        if self._recipe.staging == "separate":
            losses = {name: self._learn([name], generator)[name] for name in buckets}
        else:
            losses = self._learn(buckets, generator)
        return {name: loss.detach() for name, loss in losses.items()}

    def rate(self, number: int) -> float:
        """The learning rate of a step."""
        recipe = self._recipe
        if recipe.schedule == "constant":
            return recipe.learning_rate
        share = (number + 1) / recipe.steps
        rising = min(share / _WARMING, 1.0)
        return recipe.learning_rate * rising * (0.5 + 0.5 * math.cos(math.pi * share))

    def state(self) -> dict[str, Any]:
        """Weights and optimiser."""
        return {"module": self._module.state_dict(), "optimiser": self._optimiser.state_dict()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self._module.load_state_dict(state["module"])
        self._optimiser.load_state_dict(state["optimiser"])

    def _learn(self, buckets: Sequence[Bucket], generator: torch.Generator) -> dict[str, Tensor]:
        """One step of the optimiser: L = sum over buckets of mean (f - d)^2."""
        share = max(self.batch // len(buckets), 1)
        rows = torch.cat([self._pool.drawn(name, share, generator) for name in buckets])
        bones, distances = self._with_hidden(rows, generator)
        errors = (self._module(bones) - distances).square().view(len(buckets), share)
        losses = errors.mean(dim=1)
        self._optimiser.zero_grad(set_to_none=True)
        losses.sum().backward()
        self._optimiser.step()
        return dict(zip(buckets, losses, strict=True))

    def _with_hidden(self, rows: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        device = next(self._module.parameters()).device
        bones, distances = self._pool.bones[rows], self._pool.distances[rows]
        count = len(rows)
        is_hidden = torch.rand(bones.shape[:2], generator=generator) < self._recipe.hidden_bones
        is_hidden &= torch.rand(count, 1, generator=generator) < 0.5
        return (bones * ~is_hidden.unsqueeze(-1)).to(device), distances.to(device)
