"""The numbers of a prior's training."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.training.recipe_file import Recipe

Bucket = Literal["far", "near", "clean"]

_STAGE_SHARES = (0.2, 0.27)  # of the steps: 75, 100 and 200 of 375 epochs (METHOD 1.6)


class PriorRecipe(Recipe):
    """How a prior is made.

    form: `ours`, or the authors' network and data with their defects, for comparison; staging:
    losses of the buckets `summed`, or as the authors a `separate` step for each.
    """

    kind: ClassVar[str] = "prior"

    steps: Annotated[int, Field(ge=1)] = 3000
    batch: Annotated[int, Field(ge=1)] = 384
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    learning_rate: Annotated[float, Field(gt=0)] = 1e-3
    schedule: Literal["cosine", "constant"] = "cosine"
    weight_decay: Annotated[float, Field(ge=0)] = 0.01
    form: Literal["ours", "authors"] = "ours"
    staging: Literal["summed", "separate"] = "summed"
    neighbours: Annotated[int, Field(ge=1)] = 5  # whose mean distance is a label
    noisy_poses: Annotated[int, Field(ge=1)] = 150_000  # of form ours; the authors make 5 of each
    hidden_bones: Annotated[float, Field(ge=0, lt=1)] = 0.15  # share, in half of the poses
    held_out: Annotated[float, Field(gt=0, le=0.5)] = 0.1  # share of the groups, to calibrate
    start_from: str = ""  # a prior's name or folder, to fine-tune it

    def buckets(self, step: int) -> tuple[Bucket, ...]:
        """Which poses a step learns from: far ones first, then nearer ones, then clean ones."""
        share = step / self.steps
        if share < _STAGE_SHARES[0]:
            return ("far",)
        return ("far", "near") if share < sum(_STAGE_SHARES) else ("far", "near", "clean")
