"""The terms of the loss, their weights, and which of them each mode uses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

import torch
from torch import Tensor

Term = Literal["source", "consistency", "prior", "visibility", "target"]
Mode = Literal["all", "visibility", "prior", "baseline", "oracle", "source"]

TERMS: tuple[Term, ...] = get_args(Term)
# METHOD 1.2. `target` is supervision by corrected frames, where there are any.
ACTIVE_TERMS: Mapping[Mode, tuple[Term, ...]] = {
    "all": ("source", "consistency", "prior", "visibility", "target"),
    "visibility": ("source", "consistency", "visibility", "target"),
    "prior": ("source", "consistency", "prior", "target"),
    "baseline": ("source", "consistency", "target"),
    "oracle": ("target",),
    "source": ("source",),
}
assert set(ACTIVE_TERMS) == set(get_args(Mode))


@dataclass(frozen=True)
class LossWeights:
    """How much each term counts; the defaults are neutral and belong to no recipe."""

    source: float = 1.0
    consistency: float = 1.0
    prior: float = 1.0
    visibility: float = 1.0
    target: float = 1.0

    def of_mode(self, mode: Mode) -> "LossWeights":
        """The same weights, but 0 for terms that the mode leaves out."""
        active = ACTIVE_TERMS[mode]
        return LossWeights(**{t: getattr(self, t) if t in active else 0.0 for t in TERMS})

    def is_active(self, term: Term) -> bool:
        """Whether the term is worth computing."""
        return getattr(self, term) != 0.0


@dataclass(frozen=True, eq=False)
class LossTerms:
    """Every term of one step, unweighted numbers; None for one that was not computed."""

    source: Tensor | None = None
    consistency: Tensor | None = None
    prior: Tensor | None = None
    visibility: Tensor | None = None
    target: Tensor | None = None

    def total(self, weights: LossWeights) -> Tensor:
        """L = sum of weight * term; raises ValueError if a weighted term was not computed."""
        parts = [getattr(weights, t) * self._computed(t) for t in TERMS if weights.is_active(t)]
        if not parts:
            raise ValueError("no term of the loss has a weight")
        return torch.stack(parts).sum()

    def named(self) -> dict[Term, Tensor]:
        """The computed terms without their graphs, for logs."""
        return {term: self._computed(term).detach() for term in TERMS if self._has(term)}

    def _has(self, term: Term) -> bool:
        return getattr(self, term) is not None

    def _computed(self, term: Term) -> Tensor:
        value = getattr(self, term)
        if value is None:
            raise ValueError(f"the loss's term {term} has a weight and was not computed")
        return value


assert {field.name for field in fields(LossWeights)} == set(TERMS)
assert {field.name for field in fields(LossTerms)} == set(TERMS)
