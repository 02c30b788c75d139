"""Keypoints with the full silhouettes that belong to them, cut out around the body."""

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.prediction.crop import Crop
from core.progress import Progress
from core.shards.reader import ShardSet
from core.shards.sample import SyntheticSample
from core.training.data.canvas import ROOM
from core.training.data.labelled_canvases import crop_of_labels
from core.training.data_source import SYNTHETIC, DataSource

CANVAS: Final = 120  # side in pixels; a view of 64 is drawn from the middle 96
UNKNOWN: Final = 255  # outside the picture nobody drew the silhouette
_INFANT = 200  # so much stands for a pixel wholly inside


@dataclass(frozen=True, eq=False)
class Silhouettes:
    """N bodies on canvases like those of training pictures, only smaller.

    xy (N, 16, 2) float32 canvas pixels, hidden keypoints too; areas (N, C, C) uint8, the share of
    the pixel that is inside in steps of 1/200, or UNKNOWN.
    """

    xy: NDArray[np.float32]
    areas: NDArray[np.uint8]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.xy)

    def part(self, numbers: Sequence[int] | NDArray[np.intp]) -> "Silhouettes":
        """Some of them."""
        return Silhouettes(self.xy[numbers], self.areas[numbers])

    @property
    def fingerprint(self) -> str:
        """A hash that any other set does not have."""
        content = hashlib.sha256(np.ascontiguousarray(self.xy).tobytes())
        content.update(np.ascontiguousarray(self.areas).tobytes())
        return content.hexdigest()


def read_silhouettes(sources: Sequence[DataSource]) -> Generator[Progress, None, Silhouettes]:
    """All bodies of synthetic sets that were written with their full silhouettes.

    Raises:
        BadInput: a source is of another kind, damaged, or without full silhouettes.
    """
    found: list[tuple[NDArray[np.float32], NDArray[np.uint8]]] = []
    for source in sources:
        if source.name != SYNTHETIC:
            raise BadInput(f"--data {source.name}: only synthetic sets have full silhouettes.")
        shards, before = ShardSet.open(source.path), len(found)
        for number in range(len(shards)):
            if (body := _cut_out(shards[number])) is not None:
                found.append(body)
            yield Progress(number + 1, len(shards), "reading silhouettes")
        if len(found) == before:
            raise BadInput(
                f"{source.path}: no sample has a full silhouette; "
                "make the set without --no-masks and --no-full."
            )
    return Silhouettes(np.stack([xy for xy, _ in found]), np.stack([area for _, area in found]))


def _cut_out(sample: SyntheticSample) -> tuple[NDArray[np.float32], NDArray[np.uint8]] | None:
    xy = np.array(sample.labels.xy, np.float64)
    shown = np.where(np.array(sample.labels.visibility)[:, None] > 0, xy, np.nan)
    crop = crop_of_labels(shown)
    if crop is None or sample.full is None:
        return None
    canvas = Crop(crop.centre, ROOM * crop.side, crop.degrees)
    inside = canvas.cut(_scaled(sample.full), CANVAS)
    is_known = canvas.cut(_scaled(np.ones_like(sample.full)), CANVAS) >= _INFANT - 1
    area = np.where(is_known, inside, UNKNOWN).astype(np.uint8)
    return canvas.affine(CANVAS)(xy).astype(np.float32), area


def _scaled(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.where(mask, np.uint8(_INFANT), np.uint8(0))
