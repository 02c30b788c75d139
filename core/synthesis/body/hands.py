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
        self._axes = np.stack([_bending_axis(at, match) for _, match in found])
        closed = [sum(_FIST_DEGREES[m["finger"]][: int(m["segment"])]) for _, m in found]
        self._closed = np.array(closed)
        self._open = np.array([_OPEN_DEGREES * int(m["segment"]) for _, m in found])

    def rotations(self, grip: tuple[float, float]) -> Array:
        """Rotations (len(index), 3, 3) for the grip of the left and right hand."""
        share = np.where(self._is_left, *grip)
        return turn.about(self._axes, self._open + share * (self._closed - self._open))


_FINGER = re.compile(r"finger(?P<finger>\d)-(?P<segment>\d)\.(?P<side>[LR])")


def _bending_axis(at: dict[str, Array], match: re.Match[str]) -> Array:
    finger, side = match["finger"], match["side"]
    along = at[f"finger{finger}-3.{side}"] - at[f"finger{finger}-1.{side}"]
    return np.cross(along, palm_normal(at, side))
