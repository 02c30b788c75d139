"""What a job leaves in result.json."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict


class PredictionInputs(BaseModel):
    """What a prediction was begun with; a run is only resumed with the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    fingerprint: str
    model: str
    model_hash: str
    segmentation_hash: str = ""  # empty without segmentation
    software: str


class PredictResult(BaseModel):
    """A recording predicted up to its last whole frame."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    inputs: PredictionInputs
    frames: int
    warnings: tuple[str, ...]


class ExportResult(BaseModel):
    """The tables and videos that were written; a table has its dictionary beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    files: tuple[Path, ...]
    warnings: tuple[str, ...] = ()
