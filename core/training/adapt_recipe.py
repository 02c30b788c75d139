"""Every number of an adaptation; a TOML file, changed by `--set key=value`."""

import math
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, PositiveFloat, PositiveInt

from core.training.objectives.loss_terms import LossWeights, Mode
from core.training.objectives.mean_teacher import BatchNormRule
from core.training.objectives.pseudo_labels import Grouping, Rectifying
from core.training.recipe_file import Recipe
from core.training.views.view_ranges import ColourRanges, OcclusionRule, ViewRanges

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Decay = Annotated[float, Field(ge=0.0, lt=1.0)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weights(_Frozen):
    """One weight per term of the loss; 0 leaves a term out."""

    source: NonNegativeFloat = 1.0
    consistency: NonNegativeFloat = 1.0
    prior: NonNegativeFloat = 0.0
    visibility: NonNegativeFloat = 0.0
    target: NonNegativeFloat = 1.0

    def of_mode(self, mode: Mode) -> LossWeights:
        """As the loss wants them, 0 for terms that the mode leaves out."""
        return LossWeights(**self.model_dump()).of_mode(mode)


class PseudoLabelRule(_Frozen):
    """How the teacher's maps become labels."""

    rectifying: Rectifying = "sub_pixel"
    grouping: Grouping = "keypoint"
    rejected: Annotated[float, Field(ge=0.0, lt=1.0)] = 0.5  # this share of labels is not used
    least: Share = 0.0  # nor those of less confidence


class AdaptRecipe(Recipe):
    """How a network is adapted; lengths of schedules are shares of `steps`."""

    kind: ClassVar[str] = "adapt"

    steps: PositiveInt
    batch: PositiveInt  # pictures of the source, and as many of the target
    seed: int = 0
    learning_rate: PositiveFloat
    mode: Mode = "all"
    prior_model: str = ""  # name or folder of a trained prior; needed where its term has a weight
    kp2seg_model: str = ""  # and of the network from keypoints to silhouettes
    weights: Weights = Weights()
    schedule: Literal["cosine", "steps"] = "cosine"
    warm_up: Share = 0.05
    drops: tuple[Share, ...] = ()  # of schedule "steps": a tenth of the rate from here on
    clip_norm: PositiveFloat = 1.0
    decay: Decay = 0.99  # of the teacher's average
    batch_norm: BatchNormRule = "own"
    evaluated: Literal["teacher", "student"] = "teacher"  # whose weights become the model
    frames: PositiveInt = 300  # chosen from the recordings
    source_view: ViewRanges = ViewRanges()
    student_view: ViewRanges = ViewRanges()
    teacher_view: ViewRanges = ViewRanges()
    source_colours: ColourRanges = ColourRanges()
    student_colours: ColourRanges = ColourRanges()
    teacher_colours: ColourRanges = ColourRanges()
    occlusion: OcclusionRule = OcclusionRule()
    pseudo_labels: PseudoLabelRule = PseudoLabelRule()
    save_every: PositiveInt = 100
    log_every: PositiveInt = 10

    def rate(self, step: int) -> float:
        """The learning rate of a step."""
        done = step / self.steps
        if done < self.warm_up:
            return self.learning_rate * (step + 1) / (self.warm_up * self.steps + 1)
        if self.schedule == "steps":
            return self.learning_rate * 0.1 ** sum(done >= drop for drop in self.drops)
        return self.learning_rate * _cosine((done - self.warm_up) / max(1 - self.warm_up, 1e-9))


def _cosine(share: float) -> float:
    """From 1 down to a hundredth."""
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share))
