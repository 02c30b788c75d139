"""The numbers of a training with labels."""

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from core.training.adapt_recipe import AdaptRecipe, Share
from core.training.data.canvas import Framing
from core.training.precision import Precision
from core.training.recipe_file import Recipe
from core.training.views.view_ranges import ColourRanges, ViewRanges

FreshArchitecture = Literal["pose_resnet18", "pose_resnet50", "pose_resnet101"]


class SourceRecipe(Recipe):
    """How a pose network is trained with labels; its steps are those of an adaptation.

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
    framing: Framing = "found"
    view: ViewRanges = ViewRanges()
    colours: ColourRanges = ColourRanges()

    @property
    def backbone_file(self) -> Path | None:
        """Where the trunk's weights lie, if any."""
        return Path(self.backbone_weights) if self.backbone_weights else None

    @property
    def adaptation(self) -> AdaptRecipe:
        """The same as an adaptation of which only the source's term is left."""
        return AdaptRecipe(
            mode="source",
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
