"""A model's card: what the network is, what it was trained on, what it may be used for."""

import tomllib
from pathlib import Path
from typing import Annotated

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.errors import BadModel
from core.models.architecture import FEEDING, TASK, Architecture, Colour, Task
from core.models.trust import Trust

CARD_FILE = "card.toml"
CARD_VERSION = 1
NAME_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
_SMALLEST = 16  # pixels; the side of a picture or mask that a network can work with
UNKNOWN_HASH = "0" * 64  # until the weights are written

Side = Annotated[int, Field(ge=0, le=4096)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class ModelCard(BaseModel):
    """Everything the program must know of a model besides its weights; `card.toml` on disk."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    card_version: int = CARD_VERSION
    name: Annotated[str, Field(pattern=f"^{NAME_PATTERN}$")]
    title: str
    architecture: Architecture
    skeleton: Annotated[str, Field(pattern=r"^[a-z0-9_]*$")] = ""  # as in Feeding
    input_size: Side  # side of the square input in pixels, 0 where keypoints go in
    heatmap_size: Side  # side of the square output: heat-maps or mask; 0 where a number comes out
    mean: Colour  # of RGB in [0, 1]
    std: Colour
    threshold: Share  # a keypoint counts as seen, a pixel as infant, from here upward
    one_look: Trust | None = None  # what its confidence means; None: nobody has measured it
    eight_looks: Trust | None = None  # and that of the consensus of eight looks
    training_data: str
    licence: str
    source: str = ""  # where the weights came from
    scores: dict[str, float] = {}
    parent: str = ""  # the model that this one was adapted from, if any
    note: str = ""  # what its user wants to remember of it
    weights_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    created: str  # ISO date

    @property
    def task(self) -> Task:
        """What the network is for: keypoints, a mask of the infant, or one of training's aids."""
        return TASK[self.architecture]

    @model_validator(mode="after")
    def _fits_its_task(self) -> "ModelCard":
        usual = FEEDING[self.architecture]
        if bool(usual.skeleton) != bool(self.skeleton):
            raise ValueError(
                "a network of keypoints names its skeleton, a segmentation network has none"
            )
        sides = ((self.input_size, usual.input_size), (self.heatmap_size, usual.heatmap_size))
        for size, usually in sides:
            if size < _SMALLEST if usually else size:
                raise ValueError(f"a side of {size} pixels does not fit a {self.architecture}")
        return self


def parse_card(content: bytes, path: Path) -> ModelCard:
    """Read a card's TOML; `path` is named where it is broken.

    Raises:
        BadModel: not a card, a broken one, or one written by a newer version.
    """
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except ValueError as error:
        raise BadModel(f"{path}: not a model card ({_one_line(error)}).") from error
    version = table.get("card_version")
    if isinstance(version, int) and version > CARD_VERSION:
        raise BadModel(f"{path}: written by a newer version of SHIFT Studio; update the program.")
    try:
        return ModelCard.model_validate(table)
    except ValidationError as error:
        raise BadModel(f"{path}: not a valid model card ({_first_fault(error)}).") from error


def card_text(card: ModelCard) -> str:
    """The card as TOML."""
    return tomli_w.dumps(card.model_dump(mode="json", exclude_none=True))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = ".".join(map(str, fault["loc"]))
    return f"{place}: {fault['msg']}" if place else str(fault["msg"])
