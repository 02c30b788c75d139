"""What a background job is asked to do: written once into its folder and never changed."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    TypeAdapter,
)

from core.export.formats import ExportFormat
from core.models.library import DEFAULT_SEGMENTATION_MODEL

RoiCorners = tuple[NonNegativeFloat, NonNegativeFloat, PositiveFloat, PositiveFloat]


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1


class PredictRequest(_Request):
    """Predict one recording; the poses are left as chunks in the job's folder.

    fingerprint: of the file, so that no other is taken for it; empty: whatever lies there.
    """

    kind: Literal["predict"] = "predict"
    recording: Path
    fingerprint: str = ""
    model: str
    segmentation: bool = False
    segmentation_model: str = DEFAULT_SEGMENTATION_MODEL  # used if there is to be a segmentation
    roi: RoiCorners | None = None  # x, y, width, height in frame pixels
    device: str = "auto"  # "auto": a GPU if there is one, else the CPU


class ExportRequest(_Request):
    """Write recordings of a study as tables or videos."""

    kind: Literal["export"] = "export"
    study: Path
    recordings: tuple[int, ...] | None = None  # None: all of them
    formats: tuple[ExportFormat, ...] = Field(min_length=1)
    out: Path
    overwrite: bool = False
    smooth: bool = False  # over time, the model's points


class FootageRequest(BaseModel):
    """A recording of a study to adapt to, as it was when the job was ordered.

    id: of the recording in the study; fingerprint: of the file, so that no other is taken for it;
    roi: where the infant is, in frame pixels; stretches: frames [start, stop) to choose from, all
    of them without any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    recording: Path
    fingerprint: str
    roi: RoiCorners | None = None
    stretches: tuple[tuple[NonNegativeInt, PositiveInt], ...] = ()


class AdaptRequest(_Request):
    """Adapt a model to recordings of a study, and judge what came of it.

    The points corrected in the study are labels; they are read once, when the job begins.
    """

    kind: Literal["adapt"] = "adapt"
    study: Path
    footage: tuple[FootageRequest, ...] = Field(min_length=1)
    base: str  # name or folder of a model
    recipe: str  # a shipped recipe's name, or a TOML file
    settings: tuple[str, ...] = ()  # changes of the recipe, KEY=VALUE
    device: str = "auto"


class SurveyRequest(_Request):
    """Look at recordings before an adaptation, and measure on this machine what it would take.

    The settings are those that the adaptation would have: they are tried, and counted in.
    """

    kind: Literal["survey"] = "survey"
    footage: tuple[FootageRequest, ...] = Field(min_length=1)
    base: str  # name or folder of a model
    settings: tuple[str, ...] = ()
    device: str = "auto"


class CompareRequest(_Request):
    """Compare two models on recordings of a study, and on the points corrected there."""

    kind: Literal["compare"] = "compare"
    study: Path
    footage: tuple[FootageRequest, ...] = Field(min_length=1)
    base: str  # name or folder of a model
    model: str  # of another, the question being whether it is better
    device: str = "auto"


AnyRequest = PredictRequest | ExportRequest | AdaptRequest | SurveyRequest | CompareRequest
JobRequest = Annotated[AnyRequest, Field(discriminator="kind")]
REQUEST: TypeAdapter[AnyRequest] = TypeAdapter(JobRequest)
