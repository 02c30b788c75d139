"""Many canvases as arrays on disk, so that a run reads and decodes each picture once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.atomic_file import replacing, write_text
from core.errors import BadInput
from core.pose.skeleton import shipped_skeleton
from core.training.data.canvas import Canvas

_INDEX = "canvases.json"


@dataclass(frozen=True, eq=False)
class CanvasSet:
    """N canvases: images (N, C, C, 3) uint8, xy (N, 16, 2) float32, infant (N, C, C) uint8.

    names says of each where it came from; groups which belong together (a recording, a subject).
    """

    images: NDArray[np.uint8]
    xy: NDArray[np.float32]
    infant: NDArray[np.uint8]
    names: tuple[str, ...]
    groups: tuple[str, ...]

    def __len__(self) -> int:
        """How many canvases there are."""
        return len(self.names)

    @property
    def is_labelled(self) -> NDArray[np.bool_]:
        """Which canvases have a label at least, (N,)."""
        return np.asarray(np.isfinite(self.xy).any(axis=(1, 2)))

    @staticmethod
    def of(canvases: Sequence[Canvas], names: Sequence[str], groups: Sequence[str]) -> "CanvasSet":
        """Put canvases together; raises ValueError without any."""
        return CanvasSet(
            np.stack([canvas.image for canvas in canvases]),
            np.stack([canvas.xy for canvas in canvases]),
            np.stack([canvas.infant for canvas in canvases]),
            tuple(names),
            tuple(groups),
        )

    def subset(self, numbers: Sequence[int] | NDArray[np.intp]) -> "CanvasSet":
        """Some of the canvases."""
        at = np.asarray(numbers, np.intp)
        return CanvasSet(
            self.images[at],
            self.xy[at],
            self.infant[at],
            tuple(self.names[i] for i in at),
            tuple(self.groups[i] for i in at),
        )

    def without_labels(self, *keypoints: str) -> "CanvasSet":
        """The same pictures, these keypoints unlabelled."""
        xy = np.array(self.xy)
        xy[:, shipped_skeleton().indices(*keypoints)] = np.nan
        return replace(self, xy=xy)

    def save(self, folder: Path) -> None:
        """Write the arrays and, last, the index that vouches for them; raises NoSpace."""
        for name in ("images", "xy", "infant"):
            with replacing(folder / f"{name}.npy") as part:
                np.save(part, getattr(self, name), allow_pickle=False)
        write_index(folder, self.names, self.groups)


def write_index(folder: Path, names: Sequence[str], groups: Sequence[str]) -> None:
    """Vouch for the arrays of a folder, which must be on disk by then; raises NoSpace."""
    write_text(folder / _INDEX, json.dumps({"names": list(names), "groups": list(groups)}))


def has_canvases(folder: Path) -> bool:
    """Whether a set was written there, wholly."""
    return (folder / _INDEX).is_file()


def open_canvases(folder: Path) -> CanvasSet:
    """A set from disk, its pictures read as they are needed; raises BadInput if it is damaged."""
    try:
        index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        images, xy, infant = (
            np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ("images", "xy", "infant")
        )
        names, groups = tuple(index["names"]), tuple(index["groups"])
    except (OSError, ValueError, KeyError) as error:
        raise BadInput(f"{folder}: its prepared pictures are damaged; start anew.") from error
    if not len(images) == len(xy) == len(infant) == len(names) == len(groups):
        raise BadInput(f"{folder}: its prepared pictures are damaged; start anew.")
    return CanvasSet(images, xy, infant, names, groups)
