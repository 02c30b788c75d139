"""What a training tells while it works."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class StepsDone:
    """`step` steps of `total` are behind; losses are means since the last of these events.

    `rate` is the learning rate; `pictures` of each kind were learnt from since the last of these
    events, or since this run began.
    """

    step: int
    total: int
    losses: Mapping[str, float]
    rate: float
    pictures: int


@dataclass(frozen=True)
class Saved:
    """A checkpoint of this many steps is on disk: planned ones, and where somebody ended it."""

    step: int
    path: Path
    why: Literal["planned", "paused", "finished"] = "planned"


@dataclass(frozen=True)
class BatchHalved:
    """Memory ran out; from here on a step sees so many pictures of each kind."""

    batch: int


@dataclass(frozen=True)
class Pictured:
    """A picture file shows what the network found after this many steps."""

    step: int
    path: Path


@dataclass(frozen=True)
class Chosen:
    """The weights after this many steps are the best so far; 0: the base model as it is.

    The last of these events says which become the model. `evidence` are the numbers without labels
    that spoke for it, None where one cannot be said; `base_score` is the base model's score.
    """

    step: int
    score: float
    evidence: Mapping[str, float | None]
    base_score: float


@dataclass(frozen=True)
class FramesChosen:
    """Of a recording, `kept` of the frames that were looked at are learnt from."""

    recording: Path
    kept: int
    looked_at: int
    without_infant: int
    near_duplicates: int


TrainingEvent = StepsDone | Saved | BatchHalved | Pictured | Chosen | FramesChosen
