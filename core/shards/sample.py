"""A labelled picture of one person: what synthesis makes and training reads."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

_STREAMS: Final = MappingProxyType({"adult": 0, "infant": 1, "clip": 2})

PICTURES_OF_ONE: Final = 3
"""So many pictures in a row show one person, in other postures and rooms: a person is dear."""


def seed_sequence(kind: str, seed: int, index: int) -> np.random.SeedSequence:
    """All randomness of one adult, infant or clip: nothing else may decide how it looks."""
    return np.random.SeedSequence([seed, _STREAMS[kind], index])


def person_sequence(kind: str, seed: int, index: int) -> np.random.SeedSequence:
    """What decides who is in the picture of this number; see PICTURES_OF_ONE."""
    return np.random.SeedSequence([seed, _STREAMS[kind], index // PICTURES_OF_ONE, 1])


class SampleLabels(BaseModel):
    """Everything about a sample but its pictures; `KEY.json` in a shard.

    Lists follow the skeleton `infant16`. xy: image pixels; xyz: camera metres (x right, y down,
    z forward); visibility: 0 outside the picture (xy still given), 1 hidden, 2 seen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 1
    kind: str  # adult or infant
    seed: int
    index: int
    width: int
    height: int
    xy: list[tuple[float, float]]
    xyz: list[tuple[float, float, float]]
    visibility: list[int]
    posture: str
    months: float
    focal: float  # pixels; the axis meets the picture's middle
    camera_position: tuple[float, float, float]  # world metres, Z up
    camera_rotation: list[float]  # 9 numbers, rows, world -> camera
    clothing: list[str] = []
    surroundings: list[str] = []
    strange: bool = False
    clip: str = ""  # which clip the frame belongs to, if any
    frame: int = 0
    time_s: float = 0.0


@dataclass(frozen=True, eq=False)
class SyntheticSample:
    """A sample in memory; masks and depth are None where a shard was written without them.

    image (H, W, 3) uint8 RGB; parts (H, W) uint8 of BodyPart (> 0: visible silhouette);
    full (H, W) bool, the silhouette as if nothing lay over the body; depth (H, W) float32 metres
    along the camera axis, infinity where there is nothing.
    """

    labels: SampleLabels
    image: NDArray[np.uint8]
    parts: NDArray[np.uint8] | None
    full: NDArray[np.bool_] | None
    depth: NDArray[np.float32] | None

    @property
    def visible(self) -> NDArray[np.bool_] | None:
        """The visible silhouette, (H, W)."""
        return None if self.parts is None else self.parts > 0
