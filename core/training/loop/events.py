"""What a training tells while it works."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class StepsDone:
    """`step` steps of `total` are behind; losses are means since the last of these events."""

    step: int
    total: int
    losses: Mapping[str, float]
    rate: float  # the learning rate


@dataclass(frozen=True)
class Saved:
    """A checkpoint of this many steps is on disk."""

    step: int
    path: Path


@dataclass(frozen=True)
class BatchHalved:
    """Memory ran out; from here on a step sees so many pictures of each kind."""

    batch: int


TrainingEvent = StepsDone | Saved | BatchHalved
