"""The numbers of a style decoder's training."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from core.training.data.canvas import Framing
from core.training.recipe_file import Recipe
from core.training.views.view_ranges import ViewRanges

Weight = Annotated[float, Field(ge=0)]


class StyleRecipe(Recipe):
    """How the decoder of kind `adain` is made (METHOD 1.4; UDAPE's train_human.py)."""

    kind: ClassVar[str] = "style"

    steps: PositiveInt
    batch: PositiveInt = 16  # pictures of the source, and as many of the target
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    encoder: str = ""  # file of vgg_normalised.pth; needed
    decoder: str = ""  # file of a decoder to go on from; random weights where left out
    learning_rate: PositiveFloat = 1e-5
    decay: Weight = 5e-5  # the rate falls as 1 / (1 + decay * step)
    content: Weight = 1.0  # weights of the two terms
    style: Weight = 0.1
    style_distance: Literal["moments", "gram"] = "moments"
    size: Annotated[int, Field(ge=32, le=320, multiple_of=8)] = 256  # of the pictures, in pixels
    frames: PositiveInt = 300  # chosen from the recordings, and at most from each target set
    framing: Framing = "found"  # as in the adaptation that will use the decoder
    view: ViewRanges = ViewRanges(crop_area=(0.6, 1.0), mirror_probability=0.5)
