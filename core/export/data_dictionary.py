"""The `<stem>.csv.json` beside a table: what its columns mean and where its numbers come from."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, JsonValue

from core.errors import BadModel
from core.export.pose_csv import CsvLayout, TableShape
from core.models.card import ModelCard, card_text
from core.models.library import ModelLibrary
from core.pose.smoothing import HALF_WIDTH
from core.version import software_version

_POINT_MEANINGS: dict[str, tuple[str, str]] = {
    "x": (
        "pixels",
        "from the left edge of the frame as displayed; pixel i covers [i, i+1); empty if absent",
    ),
    "y": (
        "pixels",
        "from the top edge of the frame as displayed; pixel i covers [i, i+1); empty if absent",
    ),
    "confidence": (
        "0 to 1",
        "how likely the point is right, as the model says; 1 for a human's point; empty if absent",
    ),
    "visibility": ("0, 1, 2", "0 absent, 1 hidden or uncertain but placed, 2 seen"),
    "source": (
        "word",
        "who placed the point, or says that it is absent: model, human or interpolated; empty "
        "where no model has looked yet",
    ),
}
_OTHER_MEANINGS: dict[str, tuple[str, str]] = {
    "frame": ("count", "number of the frame, the first is 0; no frame is left out"),
    "time_s": ("seconds", "true presentation time of the frame, the first frame is 0"),
    "keypoint": ("word", "which keypoint the row is about"),
    "file": ("name", "the image file of the frame"),
}


class Column(BaseModel):
    """One column of the table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    unit: str
    meaning: str


class UsedModel(BaseModel):
    """The model behind the numbers; `card` and its hash where the model was at hand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    weights_sha256: str
    card_sha256: str = ""
    card: Mapping[str, JsonValue] = {}

    @staticmethod
    def of(card: ModelCard) -> "UsedModel":
        """The model with this card."""
        return UsedModel(
            name=card.name,
            weights_sha256=card.weights_sha256,
            card_sha256=hashlib.sha256(card_text(card).encode("utf-8")).hexdigest(),
            card=card.model_dump(mode="json"),
        )

    @staticmethod
    def named(name: str, weights_sha256: str) -> "UsedModel":
        """A model that was used some time ago; with its card if it is still on this machine."""
        try:
            card = ModelLibrary.standard().find(name).card
        except BadModel:
            return UsedModel(name=name, weights_sha256=weights_sha256)
        same = card.weights_sha256 == weights_sha256
        return UsedModel.of(card) if same else UsedModel(name=name, weights_sha256=weights_sha256)


class RecordingFacts(BaseModel):
    """What was filmed; `frames` are the rows of the table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    fingerprint: str
    width: int
    height: int
    frames: int
    frames_per_second: float  # by the median step; the table's time_s are exact

    @staticmethod
    def of(
        path: Path, *, fingerprint: str, size: tuple[int, int], times: NDArray[np.float64]
    ) -> "RecordingFacts":
        """The facts of a recording of `size` (width, height) with a row for each of `times`."""
        steps = np.diff(times)
        return RecordingFacts(
            name=path.name,
            fingerprint=fingerprint,
            width=size[0],
            height=size[1],
            frames=len(times),
            frames_per_second=round(1 / float(np.median(steps)), 4) if steps.any() else 0.0,
        )


SMOOTHED = (
    "The model's points are smoothed: local regression with parabolas over "
    f"{HALF_WIDTH:g} s to each side, weighed by confidence; those set by hand are as they were set."
)


class Provenance(BaseModel):
    """Where the numbers come from besides the pictures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: UsedModel | None  # None: nothing was predicted
    segmentation: UsedModel | None = None
    roi: tuple[float, float, float, float] | None = None  # x, y, width, height in pixels
    corrected_frames: int = 0
    smoothing: str = ""  # empty: the points are as the model and people placed them


class DataDictionary(BaseModel):
    """Everything a reader of the table needs besides the table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    software: str
    layout: CsvLayout
    recording: RecordingFacts
    provenance: Provenance
    keypoints: tuple[str, ...]
    columns: tuple[Column, ...]
    warnings: tuple[str, ...]

    @staticmethod
    def of(
        table: TableShape,
        recording: RecordingFacts,
        *,
        provenance: Provenance,
        warnings: Sequence[str],
    ) -> "DataDictionary":
        """The dictionary of a table of this shape."""
        return DataDictionary(
            software=software(),
            layout=table.layout,
            recording=recording,
            provenance=provenance,
            keypoints=table.skeleton.keypoints,
            columns=_described_columns(table),
            warnings=tuple(warnings),
        )

    def to_json(self) -> str:
        """The file's content."""
        return self.model_dump_json(indent=2) + "\n"


def software() -> str:
    """The program's name and version."""
    return f"SHIFT Studio {software_version()}"


def _described_columns(table: TableShape) -> tuple[Column, ...]:
    return tuple(_described(name, table.skeleton.keypoints) for name in table.columns)


def _described(name: str, keypoints: Sequence[str]) -> Column:
    if name in _OTHER_MEANINGS:
        unit, meaning = _OTHER_MEANINGS[name]
        return Column(name=name, unit=unit, meaning=meaning)
    keypoint, _, kind = name.rpartition("_")
    unit, meaning = _POINT_MEANINGS[kind]
    whose = f"{keypoint.replace('_', ' ')}: " if keypoint in keypoints else ""
    return Column(name=name, unit=unit, meaning=whose + meaning)
