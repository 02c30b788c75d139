"""A model's card: what the network is, what it was trained on, what it may be used for."""

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core import atomic_file
from core.errors import BadModel

CARD_FILE = "card.toml"
WEIGHTS_FILE = "weights.safetensors"
CARD_VERSION = 1

PoseArchitecture = Literal["movenet_thunder", "pose_resnet18", "pose_resnet50", "pose_resnet101"]
SegmentationArchitecture = Literal["blazepose_full_mask", "deeplabv3_resnet50"]
Architecture = PoseArchitecture | SegmentationArchitecture
Task = Literal["pose", "segmentation"]

Side = Annotated[int, Field(ge=16, le=4096)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Colour = tuple[float, float, float]


class ModelCard(BaseModel):
    """Everything the program must know of a model besides its weights; `card.toml` on disk."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    card_version: int = CARD_VERSION
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    title: str
    architecture: Architecture
    skeleton: str = ""  # what the heat-maps show, a file of resources/skeletons; "" for a mask
    input_size: Side  # side of the square input, pixels
    heatmap_size: Side  # side of the square output: heat-maps or mask
    mean: Colour  # of RGB in [0, 1]
    std: Colour
    threshold: Share  # a keypoint counts as seen, a pixel as infant, from here upward
    training_data: str
    licence: str
    source: str = ""
    scores: dict[str, float] = {}
    parent: str = ""  # the model that this one was adapted from, if any
    weights_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    created: str  # ISO date

    @property
    def task(self) -> Task:
        """What the network gives: heat-maps of keypoints, or a mask of the infant."""
        return "pose" if self.skeleton else "segmentation"

    @model_validator(mode="after")
    def _skeleton_goes_with_pose(self) -> "ModelCard":
        is_mask = self.architecture in ("blazepose_full_mask", "deeplabv3_resnet50")
        if is_mask == bool(self.skeleton):
            raise ValueError("a pose network names its skeleton, a segmentation network has none")
        return self


def read_card(folder: Path) -> ModelCard:
    """Read the card of a model folder; the weights are not touched.

    Raises:
        BadModel: no card, a broken one, or one written by a newer version.
    """
    path = folder / CARD_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadModel(f"{folder}: not a model folder (it has no {CARD_FILE}).") from None
    except (OSError, ValueError) as error:
        raise BadModel(f"{path}: cannot be read as a model card ({one_line(error)}).") from error
    if isinstance(version := table.get("card_version"), int) and version > CARD_VERSION:
        raise BadModel(f"{path}: written by a newer version of SHIFT Studio; update the program.")
    try:
        return ModelCard.model_validate(table)
    except ValidationError as error:
        raise BadModel(f"{path}: not a valid model card ({_first_fault(error)}).") from error


def card_text(card: ModelCard) -> str:
    """The card as TOML."""
    return tomli_w.dumps(card.model_dump(mode="json"))


def write_model_folder(folder: Path, card: ModelCard, weights: bytes) -> ModelCard:
    """Write card and weights; the card's hash is set to that of `weights`, and returned.

    The card comes last: a folder without one is not a model, so a half-written model is none.
    Raises NoSpace.
    """
    card = card.model_copy(update={"weights_sha256": hashlib.sha256(weights).hexdigest()})
    atomic_file.write_bytes(folder / WEIGHTS_FILE, weights)
    atomic_file.write_text(folder / CARD_FILE, card_text(card))
    return card


def one_line(error: Exception) -> str:
    """An error's text without line breaks, to stand inside a sentence."""
    return " ".join(str(error).split()) or type(error).__name__


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = ".".join(map(str, fault["loc"]))
    return f"{place}: {fault['msg']}" if place else str(fault["msg"])
