"""A student that adapts step by step, followed by its teacher."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from core.networks.load import PoseNetwork
from core.training.adapt_recipe import AdaptRecipe
from core.training.adaptation import Adaptation
from core.training.batch import BatchSource
from core.training.objectives.mean_teacher import MeanTeacher


class AdaptationLearner:
    """Student, teacher and optimiser; see `core.training.loop.train`."""

    def __init__(
        self,
        adaptation: Adaptation,
        student: PoseNetwork,
        teacher: PoseNetwork,
        recipe: AdaptRecipe,
        batches: tuple[BatchSource, BatchSource],
    ) -> None:
        """`batches` are the source's and the target's."""
        self.batch = recipe.batch
        self._adaptation, self._recipe = adaptation, recipe
        self._student, self._teacher = student.module.train(), teacher.module.train()
        self._source, self._target = batches
        self._mean_teacher = MeanTeacher(self._teacher, self._student, recipe.batch_norm)
        self._parameters = [p for p in self._student.parameters() if p.requires_grad]
        self._optimiser = torch.optim.Adam(self._parameters, lr=recipe.learning_rate, fused=True)

    def step(self, number: int) -> Mapping[str, Tensor]:
        """One step of the student, then the teacher follows."""
        source = self._source.batch(number, self.batch)
        target = self._target.batch(number, self.batch)
        terms = self._adaptation.losses(source, target)
        total = self._adaptation.total(terms)
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self._parameters, self._recipe.clip_norm)
        for group in self._optimiser.param_groups:
            group["lr"] = self.rate(number)
        self._optimiser.step()
        self._mean_teacher.follow(self._recipe.decay)
        return {**terms.named(), "total": total.detach()}

    def rate(self, number: int) -> float:
        """The learning rate of a step."""
        return self._recipe.rate(number)

    def state(self) -> dict[str, Any]:
        """Weights of both networks and the optimiser's moments."""
        return {
            "student": self._student.state_dict(),
            "teacher": self._teacher.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self._student.load_state_dict(state["student"])
        self._teacher.load_state_dict(state["teacher"])
        self._optimiser.load_state_dict(state["optimiser"])
