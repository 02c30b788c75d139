"""What a background job is asked to do: written once into its folder and never changed."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, PositiveFloat, TypeAdapter

from core.export.formats import ExportFormat
from core.models.library import DEFAULT_SEGMENTATION_MODEL

RoiCorners = tuple[NonNegativeFloat, NonNegativeFloat, PositiveFloat, PositiveFloat]


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1


class PredictRequest(_Request):
    """Predict one recording; the poses are left as chunks in the job's folder."""

    kind: Literal["predict"] = "predict"
    recording: Path
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


JobRequest = Annotated[PredictRequest | ExportRequest, Field(discriminator="kind")]
REQUEST: TypeAdapter[PredictRequest | ExportRequest] = TypeAdapter(JobRequest)
