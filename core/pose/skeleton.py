"""A skeleton: named keypoints, bones between them, and the pairs that a mirror swaps."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from core.errors import BadInput
from core.paths import resources_folder

Side = Literal["left", "right", "middle"]


@dataclass(frozen=True)
class Skeleton:
    """Keypoint names in array order; skeletons meet each other by name, never by position."""

    name: str
    keypoints: tuple[str, ...]
    bones: tuple[tuple[str, str], ...]
    mirrored: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        """Refuse doubled names and names that no keypoint has (ValueError)."""
        if len(set(self.keypoints)) != len(self.keypoints):
            raise ValueError(f"skeleton {self.name}: a keypoint name stands twice")
        used = {name for pair in self.bones + self.mirrored for name in pair}
        if unknown := used - set(self.keypoints):
            raise ValueError(f"skeleton {self.name}: unknown keypoints {sorted(unknown)}")

    def __len__(self) -> int:
        """How many keypoints there are."""
        return len(self.keypoints)

    def index(self, keypoint: str) -> int:
        """Array position of a keypoint; raises KeyError."""
        return self._positions[keypoint]

    def indices(self, *keypoints: str) -> list[int]:
        """Array positions of several keypoints."""
        return [self._positions[name] for name in keypoints]

    def side(self, keypoint: str) -> Side:
        """Which of the person's own sides a keypoint belongs to."""
        if any(keypoint == left for left, _ in self.mirrored):
            return "left"
        return "right" if any(keypoint == right for _, right in self.mirrored) else "middle"

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.keypoints)}

    @cached_property
    def bone_indices(self) -> NDArray[np.intp]:
        """Bones as array positions, shape (B, 2)."""
        return np.array([self.indices(*bone) for bone in self.bones], dtype=np.intp)

    @cached_property
    def mirror_indices(self) -> NDArray[np.intp]:
        """Permutation that swaps the sides: `mirrored_array = array[mirror_indices]`."""
        order = np.arange(len(self), dtype=np.intp)
        for left, right in self.mirrored:
            order[self.indices(left, right)] = self.indices(right, left)
        return order

    @cached_property
    def limb_indices(self) -> NDArray[np.intp]:
        """Positions of the keypoints that have a side: shoulders to wrists, hips to ankles."""
        sided = [i for i, name in enumerate(self.keypoints) if self.side(name) != "middle"]
        return np.array(sided, dtype=np.intp)


_SKELETON = TypeAdapter(Skeleton)


def read_skeleton(path: Path) -> Skeleton:
    """Read a skeleton's TOML file; raises BadInput."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return _SKELETON.validate_python(table)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise BadInput(f"{path}: not a skeleton file ({reason}).") from error


def shipped_skeleton(name: str = "infant16") -> Skeleton:
    """One of the skeletons in resources/skeletons."""
    return read_skeleton(resources_folder() / "skeletons" / f"{name}.toml")
