"""The published sets by the names that the command line knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from core.datasets import lsp, minirgbd, surreal, syrip
from core.datasets.labelled_image import LabelledImage
from core.errors import BadInput


@dataclass(frozen=True)
class PublishedSet:
    """One published set: its reader takes the set's folder and one of the splits."""

    title: str
    splits: tuple[str, ...]
    read: Callable[[Path, str], list[LabelledImage]]

    @property
    def scored_split(self) -> str:
        """The split that is scored by custom."""
        return self.splits[0]


PUBLISHED: Final[Mapping[str, PublishedSet]] = MappingProxyType(
    {
        "syrip": PublishedSet("SyRIP", syrip.SPLITS, syrip.read_syrip),
        "minirgbd": PublishedSet("MINI-RGBD", tuple(minirgbd.SEQUENCES), minirgbd.read_minirgbd),
        "surreal": PublishedSet("SURREAL", surreal.SPLITS, surreal.read_surreal),
        "lsp": PublishedSet("LSP", lsp.SPLITS, lsp.read_lsp),
    }
)


def read_published(name: str, root: Path, split: str) -> list[LabelledImage]:
    """The labelled images of a split of a published set; at least one.

    Raises:
        BadInput: the folder or the split does not exist, or the folder has another layout.
    """
    chosen = PUBLISHED[name]
    if split not in chosen.splits:
        known = ", ".join(chosen.splits)
        raise BadInput(f"{root}: {chosen.title} has no split {split!r}; it has: {known}.")
    if not root.is_dir():
        raise BadInput(f"{root}: not a folder; give the folder that holds {chosen.title}.")
    images = chosen.read(root, split)
    if not images:
        raise BadInput(f"{root}: no labelled image of split {split!r}; is {chosen.title} complete?")
    return images
