"""A student that adapts step by step, followed by its teacher."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import torch
from torch import Tensor

from core.networks.load import PoseNetwork
from core.training.adapt_recipe import AdaptRecipe
from core.training.adaptation import Adaptation
from core.training.batch import Batches
from core.training.frozen_layers import freeze_first
from core.training.objectives.loss_terms import LossTerms
from core.training.objectives.mean_teacher import MeanTeacher
from core.training.scale_out.batch_norm import running_statistics
from core.training.scale_out.engine import Engine


class AdaptationLearner:
    """Student, teacher and optimiser; see `core.training.loop.train`."""

    def __init__(
        self,
        adaptation: Adaptation,
        networks: tuple[PoseNetwork, PoseNetwork],
        recipe: AdaptRecipe,
        batches: tuple[Batches, Batches],
        engine: Engine,
    ) -> None:
        """`networks` are student and teacher, `batches` the source's and the target's."""
        self.batch = recipe.batch
        self._adaptation, self._recipe, self._engine = adaptation, recipe, engine
        self._student, self._teacher = (network.module.train() for network in networks)
        self._source, self._target = batches
        freeze_first(self._student, recipe.frozen)
        self._mean_teacher = MeanTeacher(self._teacher, self._student, recipe.batch_norm)
        self._parameters = [p for p in self._student.parameters() if p.requires_grad]
        self._optimiser = torch.optim.Adam(self._parameters, lr=recipe.learning_rate, fused=True)
        # One for the whole training: each new one would first skip steps until it fits (D28).
        is_half = engine.dtype == torch.float16
        self._scaler = torch.amp.GradScaler(self._parameters[0].device.type, enabled=is_half)

    def step(self, number: int) -> Mapping[str, Tensor]:
        """One step of the student, then the teacher follows."""
        self._optimiser.zero_grad(set_to_none=True)
        terms, total = self._descend(number)
        self._scaler.unscale_(self._optimiser)
        norm = torch.nn.utils.clip_grad_norm_(self._parameters, self._recipe.clip_norm)
        for group in self._optimiser.param_groups:
            group["lr"] = self.rate(number)
        self._scaler.step(self._optimiser)
        self._scaler.update()
        has_stepped = torch.isfinite(norm) if self._scaler.is_enabled() else None
        self._mean_teacher.follow(self._recipe.decay_at(number), has_stepped)
        return {**terms.named(), "total": total.detach()}

    def rate(self, number: int) -> float:
        """The learning rate of a step."""
        return self._recipe.rate(number)

    def state(self) -> dict[str, Any]:
        """Weights of both networks, the optimiser's moments and the scale of half precision.

        Called by all processes: what batch norm has gathered becomes the mean over them.
        """
        for module in (self._student, self._teacher):
            self._engine.processes.average(running_statistics(module))
        return {
            "student": self._student.state_dict(),
            "teacher": self._teacher.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "scaler": self._scaler.state_dict(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self._student.load_state_dict(state["student"])
        self._teacher.load_state_dict(state["teacher"])
        self._optimiser.load_state_dict(state["optimiser"])
        if state["scaler"]:  # empty if the last processor used no half precision
            self._scaler.load_state_dict(state["scaler"])

    def _descend(self, number: int) -> tuple[LossTerms, Tensor]:
        """The losses of this process's share, and in the parameters the whole batch's gradient.

        Averaged in one exchange behind `backward`, and not by DistributedDataParallel: that
        exchanges while it goes back, so that a process short of memory would leave the others
        waiting, and it counts one forward pass a step where the student has two.
        """
        processes = self._engine.processes
        # Layers that exchange within the passes leave no moment at which all could give up.
        with nullcontext() if self._engine.syncs_batch_norm else processes.short_together():
            source = self._source.batch(number, self.batch)
            target = self._target.batch(number, self.batch)
            terms = self._adaptation.losses(source, target)
            total = self._adaptation.total(terms)
            self._scaler.scale(total).backward()
            processes.average(p.grad for p in self._parameters if p.grad is not None)
        return terms, total
