"""Every number of an adaptation; a TOML file, changed by `--set key=value`."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    model_validator,
)

from core.training.data.canvas import Framing
from core.training.loop.schedule import growing_decay, warm_cosine
from core.training.objectives.heatmap_losses import LabelLoss
from core.training.objectives.loss_terms import TERMS, LossWeights, Mode
from core.training.objectives.mean_teacher import BatchNormRule
from core.training.objectives.pseudo_labels import Grouping, Rectifying
from core.training.precision import Precision
from core.training.recipe_file import Recipe
from core.training.views.style.style_rule import StyleRule
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
    batch: PositiveInt  # pictures of the source, and as many of the target, in all processes
    seed: int = Field(0, ge=0, lt=2**32)
    learning_rate: PositiveFloat
    mode: Mode = "all"
    prior_model: str = ""  # name or folder of a trained prior; needed where its term has a weight
    kp2seg_model: str = ""  # and of the network from keypoints to silhouettes
    weights: Weights = Weights()
    judged: Literal["doubted", "all"] = "doubted"  # keypoints that prior and visibility move
    schedule: Literal["cosine", "steps"] = "cosine"
    warm_up: Share = 0.05
    drops: tuple[Share, ...] = ()  # of schedule "steps": a tenth of the rate from here on
    clip_norm: PositiveFloat = 1.0
    label_loss: LabelLoss = "squared"  # of labelled pictures; "entropy" for maps in [0, 1]
    decay: Decay = 0.99  # of the teacher's average
    decay_grows: bool = False  # from 0.1 on, so that a long average soon forgets the beginning
    teacher_views: PositiveInt = 1  # of each picture; their mean map gives its pseudo-labels
    frozen: Annotated[float, Field(ge=0.0, lt=1.0)] = 0.0  # first share of the layers, left as is
    batch_norm: BatchNormRule = "own"
    batch_norm_sync: bool = False  # over the pictures of all processes; graphics cards only
    precision: Precision = "auto"  # of products, the teacher's where it takes several views
    memory_format: Literal["channels_last", "contiguous"] = "channels_last"
    evaluated: Literal["teacher", "student"] = "teacher"  # whose weights become the model
    choice: Literal["label_free", "last"] = "label_free"  # of the step that becomes the model
    choose_every: PositiveInt = 1  # steps; only checkpoints are examined, and always the last
    held_out: Annotated[float, Field(ge=0.0, lt=0.5)] = 0.1  # share of the target kept to choose by
    frames: PositiveInt = 300  # chosen from the recordings, and at most from each set
    framing: Framing = "found"  # around the infant as the product crops, or the whole picture
    source_view: ViewRanges = ViewRanges()
    student_view: ViewRanges = ViewRanges()
    teacher_view: ViewRanges = ViewRanges()
    source_colours: ColourRanges = ColourRanges()
    student_colours: ColourRanges = ColourRanges()
    teacher_colours: ColourRanges = ColourRanges()
    corrected_share: Annotated[float, Field(gt=0.0, le=1.0)] = 0.25  # of target batches, if any
    occlusion: OcclusionRule = OcclusionRule()
    source_occlusion: OcclusionRule | None = None  # of labelled keypoints
    pseudo_labels: PseudoLabelRule = PseudoLabelRule()
    style: StyleRule = StyleRule()
    save_every: PositiveInt = 100
    log_every: PositiveInt = 10
    pictures_every: NonNegativeInt | None = None  # steps; only at checkpoints; 0: never, None: all

    @model_validator(mode="after")
    def _style_has_a_source(self) -> Self:
        if self.style.kind != "none" and not self.active_weights.is_active("source"):
            raise ValueError(
                "style passes between the source and the recordings, but the source's term has no "
                "weight; give weights.source one, or set style.kind=none"
            )
        return self

    @model_validator(mode="after")
    def _something_teaches(self) -> Self:
        if not any(self.active_weights.is_active(term) for term in TERMS):
            raise ValueError(f"every term of the loss that mode {self.mode} uses has weight 0")
        return self

    @property
    def labelled_share(self) -> float | None:
        """Share of a target batch that has labels, None where nothing looks at them."""
        if not self.active_weights.is_active("target"):
            return None
        return 1.0 if self.mode == "oracle" else self.corrected_share

    @property
    def active_weights(self) -> LossWeights:
        """The weights of the terms that the mode uses, 0 for others."""
        return self.weights.of_mode(self.mode)

    @property
    def final_network(self) -> Literal["teacher", "student"]:
        """Whose weights become the model.

        Where labels alone teach, the teacher sees no picture, and its batch norm would go on with
        the statistics that it began with.
        """
        return "student" if self.mode in ("oracle", "source") else self.evaluated

    def decay_at(self, step: int) -> float:
        """The decay of the teacher's average in a step."""
        return growing_decay(self.decay, step) if self.decay_grows else self.decay

    def rate(self, step: int) -> float:
        """The learning rate of a step."""
        done = step / self.steps
        if self.schedule == "steps" and done >= self.warm_up:
            return self.learning_rate * 0.1 ** sum(done >= drop for drop in self.drops)
        return self.learning_rate * warm_cosine(step, self.steps, self.warm_up)
