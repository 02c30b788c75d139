"""The numbers of a training with labels."""

from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PositiveFloat,
    PositiveInt,
    field_validator,
    model_validator,
)

from core.pose.skeleton import shipped_skeleton
from core.training.adapt_recipe import AdaptRecipe, Decay, Share
from core.training.data.canvas import Framing
from core.training.objectives.heatmap_losses import LabelLoss
from core.training.precision import Precision
from core.training.recipe_file import Recipe
from core.training.shared_batches import require_whole
from core.training.views.view_ranges import ColourRanges, OcclusionRule, ViewRanges

FreshArchitecture = Literal["pose_resnet18", "pose_resnet50", "pose_resnet101"]


class SourceRule(BaseModel):
    """What is taken of one of several sources.

    share: its pictures in each batch; unlabelled: keypoints whose labels are not used, because its
    annotators put them elsewhere than those of the other sources.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    share: PositiveInt
    unlabelled: tuple[str, ...] = ()

    @field_validator("unlabelled")
    @classmethod
    def _are_keypoints(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := sorted(set(names) - set(shipped_skeleton().keypoints)):
            raise ValueError(f"no keypoints are named {', '.join(unknown)}")
        return names


class SourceRecipe(Recipe):
    """How a pose network is trained with labels; its steps are those of an adaptation.

    sources: a rule for each source, in their order; without, every picture is seen as often.
    skeleton: "infant16" lets a base with other keypoints give the 16 from now on.
    teacher, agreed: the model that labels pictures without labels, and from which confidence on.
    decay: of the average of the weights that becomes the model; 0 takes the last weights.
    architecture: of a fresh network, whose weights are drawn by the seed; "" goes on with a base.
    backbone_weights: a state dict of torchvision's ResNet, for the trunk of a fresh network.
    """

    kind: ClassVar[str] = "source"

    steps: PositiveInt
    batch: PositiveInt
    seed: int = Field(0, ge=0, lt=2**32)
    learning_rate: PositiveFloat
    architecture: Literal[FreshArchitecture, ""] = ""
    backbone_weights: str = ""
    schedule: Literal["cosine", "steps"] = "cosine"
    warm_up: Share = 0.05
    drops: tuple[Share, ...] = ()  # of schedule "steps": a tenth of the rate from here on
    clip_norm: PositiveFloat = 1.0
    precision: Precision = "auto"
    sources: tuple[SourceRule, ...] = ()
    skeleton: Literal["infant16", ""] = ""
    teacher: str = ""
    agreed: Share = 0.7
    label_loss: LabelLoss = "squared"
    decay: Decay = 0.0
    frozen: Annotated[float, Field(ge=0.0, lt=1.0)] = 0.0  # first share of the layers, left as is
    occlusion: OcclusionRule | None = None  # of labelled keypoints
    framing: Framing = "found"
    view: ViewRanges = ViewRanges()
    colours: ColourRanges = ColourRanges()

    @model_validator(mode="after")
    def _shares_make_a_batch(self) -> Self:
        require_whole([rule.share for rule in self.sources], self.batch)
        return self

    @property
    def backbone_file(self) -> Path | None:
        """Where the trunk's weights lie, if any."""
        return Path(self.backbone_weights) if self.backbone_weights else None

    @property
    def adaptation(self) -> AdaptRecipe:
        """The same as an adaptation of which only the source's term is left."""
        return AdaptRecipe(
            mode="source",
            batch_norm="copy",
            decay=self.decay,
            decay_grows=True,
            label_loss=self.label_loss,
            frozen=self.frozen,
            source_occlusion=self.occlusion,
            steps=self.steps,
            batch=self.batch,
            seed=self.seed,
            learning_rate=self.learning_rate,
            schedule=self.schedule,
            warm_up=self.warm_up,
            drops=self.drops,
            clip_norm=self.clip_norm,
            framing=self.framing,
            source_view=self.view,
            source_colours=self.colours,
        )
