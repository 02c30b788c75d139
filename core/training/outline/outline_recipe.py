"""The numbers of an outline network's training."""

from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt, model_validator

from core.training.adapt_recipe import Decay, Share
from core.training.recipe_file import Recipe
from core.training.shared_batches import require_whole
from core.training.views.view_ranges import ColourRanges, ErasingRanges, ViewRanges


class OutlineRule(BaseModel):
    """What is taken of one of several sources.

    share: its pictures in each batch; carers: of synthetic infants only those whom somebody's hands
    touch or pass.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    share: PositiveInt
    carers: bool = False


class OutlineRecipe(Recipe):
    """How a network is trained to outline infants: L = BCE + Dice, over the whole square.

    sources: a rule for each source, in their order; without, every picture is seen as often.
    teacher: the segmentation model whose masks are learnt where a picture has none.
    decay: of the average of the weights that becomes the model; 0 takes the last weights.
    """

    kind: ClassVar[str] = "outline"

    steps: PositiveInt
    batch: PositiveInt
    seed: int = Field(0, ge=0, lt=2**32)
    learning_rate: PositiveFloat = 1e-4
    warm_up: Share = 0.05
    clip_norm: PositiveFloat = 1.0
    decay: Decay = 0.99
    precision: Literal["auto", "full", "bf16"] = "auto"  # nothing scales the losses for fp16
    sources: tuple[OutlineRule, ...] = ()
    teacher: str = ""
    view: ViewRanges = ViewRanges()
    colours: ColourRanges = ColourRanges()
    erasing: ErasingRanges = ErasingRanges()

    @model_validator(mode="after")
    def _shares_make_a_batch(self) -> Self:
        require_whole([rule.share for rule in self.sources], self.batch)
        return self
