"""Labelled pictures of any kind, read one by one: photographs of data sets, synthetic people."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.datasets.labelled_image import LabelledImage
from core.errors import BadInput
from core.shards.reader import ShardSet
from core.training.data_source import MASKS, SYNTHETIC, UNLABELLED, DataSource
from core.video.fingerprint import fingerprint
from core.video.image_folder import read_image


@dataclass(frozen=True, eq=False)
class Picture:
    """One person in one picture.

    image (H, W, 3) uint8 RGB; xy (16, 2) float64 pixels, NaN where nothing inside the picture is
    labelled; infant (H, W) float32, 1 where the person is seen, or None where nobody drew that;
    group says which pictures belong together: a film, a sequence.
    """

    image: NDArray[np.uint8]
    xy: NDArray[np.float64]
    infant: NDArray[np.float32] | None
    name: str
    group: str


@dataclass(frozen=True, eq=False)
class PictureSet:
    """The pictures of one source, each read when it is asked for.

    `fingerprint` changes with the labels and the pictures' names, for jobs that go on.
    """

    source: DataSource
    fingerprint: str
    readers: Sequence[Callable[[], Picture]]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.readers)

    def part(self, numbers: Sequence[int] | NDArray[np.intp]) -> "PictureSet":
        """Some of them."""
        return PictureSet(self.source, self.fingerprint, [self.readers[int(n)] for n in numbers])


def open_pictures(source: DataSource) -> PictureSet:
    """The pictures that a source names; raises BadInput."""
    if source.name == SYNTHETIC:
        shards = ShardSet.open(source.path)
        readers = [partial(_of_sample, shards, number) for number in range(len(shards))]
        return PictureSet(source, _shards_fingerprint(source.path), readers)
    if source.name == UNLABELLED:
        raise BadInput(f"{source.as_given}: holds pictures without labels.")
    if source.name == MASKS:
        raise BadInput(f"{source.as_given}: holds silhouettes without keypoints.")
    if not source.has_photographs:
        raise BadInput(f"{source.name}={source.path}: holds poses without pictures.")
    images = source.read_photographs()
    return PictureSet(
        source, _labels_fingerprint(images), [partial(_of_photograph, image) for image in images]
    )


def _of_photograph(image: LabelledImage) -> Picture:
    pixels = read_image(image.path)
    xy = _inside(image.labels.xy[0].astype(np.float64), pixels)
    return Picture(pixels, xy, None, image.path.name, image.group or image.path.name)


def _of_sample(shards: ShardSet, number: int) -> Picture:
    sample = shards[number]
    labels = sample.labels
    xy = np.array(labels.xy, np.float64)
    xy[np.array(labels.visibility) == 0] = np.nan
    mask = None if sample.visible is None else sample.visible.astype(np.float32)
    name = f"{labels.kind}-{labels.seed}-{labels.index}"
    return Picture(sample.image, _inside(xy, sample.image), mask, name, labels.kind)


def _inside(xy: NDArray[np.float64], image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The labels that lie in the picture, NaN for others."""
    height, width = image.shape[:2]
    is_inside = ((xy >= 0) & (xy <= (width, height))).all(axis=1, keepdims=True)
    return np.where(is_inside, xy, np.nan)


def _labels_fingerprint(images: Sequence[LabelledImage]) -> str:
    content = hashlib.sha256()
    for image in images:
        content.update(f"{image.path.name} {image.group}\n".encode())
        content.update(np.ascontiguousarray(image.labels.xy).tobytes())
    return content.hexdigest()[:32]


def _shards_fingerprint(path: Path) -> str:
    shards = [path] if path.is_file() else sorted(path.glob("*.tar"))
    marks = [f"{shard.name} {fingerprint(shard)}" for shard in shards]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:32]
