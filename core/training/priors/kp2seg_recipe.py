"""The numbers of a Kp2Seg's training."""

from typing import Annotated, ClassVar

from pydantic import Field

from core.training.recipe_file import Recipe
from core.training.views.view_ranges import ViewRanges

Share = Annotated[float, Field(ge=0, lt=1)]


class Kp2SegRecipe(Recipe):
    """How a Kp2Seg is made; `jitter` is in shares of the view's side."""

    kind: ClassVar[str] = "kp2seg"

    steps: Annotated[int, Field(ge=1)] = 2500
    batch: Annotated[int, Field(ge=1)] = 32
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    learning_rate: Annotated[float, Field(gt=0)] = 2e-3
    weight_decay: Annotated[float, Field(ge=0)] = 1e-3
    cross_entropy: Annotated[float, Field(ge=0)] = 1.0  # weight of this term of the loss
    dice: Annotated[float, Field(ge=0)] = 1.0
    held_out: Share = 0.1  # of the samples, to measure
    missing: Share = 0.1  # share of the keypoints left out, in half of the samples
    jitter: Annotated[float, Field(ge=0)] = 0.012  # standard deviation, drawn anew up to this
    view: ViewRanges = ViewRanges(
        rotation=45.0, shear=10.0, translation=0.08, scale=(0.65, 1.25), mirror_probability=0.5
    )
