"""Fingers that close: how far each finger bone is bent by a grip."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body import rotations as turn
from core.synthesis.body.zero_pose import palm_normal

Array = NDArray[np.float64]

_FIST_DEGREES = {"1": (15.0, 30.0, 45.0), "2": (75.0, 85.0, 45.0), "3": (80.0, 90.0, 45.0),
                 "4": (80.0, 90.0, 45.0), "5": (75.0, 85.0, 45.0)}  # fmt: skip
_OPEN_DEGREES = -8.0  # rest is a little curled: a flat hand straightens each joint by this


class Fingers:
    """The bending of one body's fingers, in the axes of Anny's rest."""

    def __init__(self, bones: Sequence[str], rest_heads: Array) -> None:
        """rest_heads (B, 3) of this body."""
        at = dict(zip(bones, rest_heads, strict=True))
        found = [(n, m) for n, bone in enumerate(bones) if (m := _FINGER.fullmatch(bone))]
        self.index = np.array([number for number, _ in found])
        self._is_left = np.array([match["side"] == "L" for _, match in found])
        self._axes = _bending_axes(at, [match for _, match in found])
        closed = [sum(_FIST_DEGREES[m["finger"]][: int(m["segment"])]) for _, m in found]
        self._closed = np.array(closed)
        self._open = np.array([_OPEN_DEGREES * int(m["segment"]) for _, m in found])

    def rotations(self, grip: tuple[float, float]) -> Array:
        """Rotations (len(index), 3, 3) for the grip of the left and right hand."""
        share = np.where(self._is_left, *grip)
        return turn.about(self._axes, self._open + share * (self._closed - self._open))


_FINGER = re.compile(r"finger(?P<finger>\d)-(?P<segment>\d)\.(?P<side>[LR])")


def _bending_axes(at: dict[str, Array], matches: Sequence[re.Match[str]]) -> Array:
    palms = {side: palm_normal(at, side) for side in "LR"}
    along = [
        at[f"finger{match['finger']}-3.{match['side']}"]
        - at[f"finger{match['finger']}-1.{match['side']}"]
        for match in matches
    ]
    return np.cross(np.stack(along), np.stack([palms[match["side"]] for match in matches]))
