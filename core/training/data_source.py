"""Labelled data as the command line names it: NAME=ROOT, or NAME:SPLIT=ROOT."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.datasets.catalogue import PUBLISHED, read_published
from core.datasets.coco import read_coco
from core.datasets.labelled_image import LabelledImage
from core.errors import BadInput

COCO, SYNTHETIC, POSES = "coco", "synthetic", "poses"
UNLABELLED, MASKS = "pictures", "masks"
SOURCE_NAMES: Final = (COCO, SYNTHETIC, POSES, UNLABELLED, MASKS, *PUBLISHED)
_TRAINING_SPLIT = "train"


@dataclass(frozen=True)
class DataSource:
    """One place with labels.

    name: `coco` (a JSON file, or a folder with one and `images`), `synthetic` (shards), `poses`
    (keypoints in a `.npz`), `pictures` (a folder of them, without labels), `masks` (a folder with
    `images` and, under the same names, `masks` that are white where the infant is seen), or a
    published set; split: None for what training takes by custom.
    """

    name: str
    path: Path
    split: str | None = None

    @staticmethod
    def parse(text: str, option: str = "--data") -> "DataSource":
        """Read NAME[:SPLIT]=ROOT; raises BadInput, which names the command line's option."""
        named, equals, root = text.partition("=")
        name, _, split = named.partition(":")
        if not equals or not root or name not in SOURCE_NAMES:
            raise BadInput(
                f"{option} {text}: give it as NAME=ROOT or NAME:SPLIT=ROOT, where NAME is one of "
                f"{', '.join(SOURCE_NAMES)}."
            )
        return DataSource(name, Path(root), split or None)

    @staticmethod
    def parse_or_shards(text: str, option: str) -> "DataSource":
        """The same, or only the place of synthetic shards; raises BadInput."""
        if Path(text).exists() or "=" not in text:
            return DataSource(SYNTHETIC, Path(text))
        return DataSource.parse(text, option)

    def __str__(self) -> str:
        """As a model's card names it: without this machine's folders."""
        return f"{self.name}{self._colon_split} ({self.path.name})"

    @property
    def as_given(self) -> str:
        """NAME[:SPLIT]=ROOT, with the customary split where none was named."""
        return f"{self.name}{self._colon_split}={self.path}"

    @property
    def has_photographs(self) -> bool:
        """Whether it is a set of labelled photographs."""
        return self.name == COCO or self.name in PUBLISHED

    def read_photographs(self) -> list[LabelledImage]:
        """The labelled images; raises BadInput."""
        if self.name == COCO:
            annotations = _annotations(self.path)
            return read_coco(annotations, annotations.parent / "images", self.split)
        return read_published(self.name, self.path, self.split or _TRAINING_SPLIT)

    @property
    def _colon_split(self) -> str:
        customary = _TRAINING_SPLIT if self.name in PUBLISHED else None
        split = self.split or customary
        return f":{split}" if split else ""


def _annotations(path: Path) -> Path:
    if path.is_file():
        return path
    found = sorted(path.glob("*.json"))
    if len(found) != 1:
        raise BadInput(
            f"{path}: holds {len(found)} JSON files, where one with COCO keypoints is wanted; "
            "name the file itself."
        )
    return found[0]
