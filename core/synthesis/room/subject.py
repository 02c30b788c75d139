"""What a room must know about the person in it: where they lie, which way, how far they move."""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from core.pose.skeleton import shipped_skeleton
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.room.mesh import bounds, yaw

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Subject:
    """The person in one pose, or in several of one movement; world metres.

    bodies: at least one; family: the posture's plain name.
    """

    bodies: tuple[PosedBody, ...]
    family: str

    @property
    def is_infant(self) -> bool:
        """Whether the person is under two years old."""
        return self.bodies[0].physique.is_infant

    @cached_property
    def points(self) -> NDArray[np.float32]:
        """Skin vertices (N, 3) of the whole movement."""
        return np.concatenate([body.vertices for body in self.bodies])

    @cached_property
    def low(self) -> Array:
        """Least coordinates (3,)."""
        return bounds(self.points)[0].astype(np.float64)

    @cached_property
    def high(self) -> Array:
        """Greatest coordinates (3,)."""
        return bounds(self.points)[1].astype(np.float64)

    @cached_property
    def middle(self) -> Array:
        """The middle of the person's box, (3,)."""
        return (self.low + self.high) / 2

    @cached_property
    def ground_points(self) -> NDArray[np.float32]:
        """The same vertices in the ground frame."""
        return self.on_ground(self.points)

    @cached_property
    def spine(self) -> Array:
        """Unit vector (3,) from pelvis to neck."""
        return _unit(self.keypoint("neck") - self.keypoint("pelvis"))

    @cached_property
    def front(self) -> Array:
        """Unit vector (3,) that the chest faces."""
        across = self.keypoint("left_shoulder") - self.keypoint("right_shoulder")
        return _unit(np.cross(across, self.spine))

    @property
    def is_upright(self) -> bool:
        """Whether the trunk stands rather than lies."""
        return self.family == "held" or abs(float(self.spine[2])) > 0.64

    @cached_property
    def heading(self) -> float:
        """Radians by which the ground is turned so that its +Y runs from the feet to the head.

        For someone upright +Y is where they look.
        """
        axis = self.front if self.is_upright else self.spine
        return float(np.arctan2(axis[1], axis[0]) - np.pi / 2)

    @cached_property
    def length(self) -> float:
        """Metres along the ground from the feet's to the head's end (or back to front)."""
        return float(np.ptp(self.ground_points[:, 1]))

    def keypoint(self, name: str) -> Array:
        """A keypoint (3,) in the first pose."""
        return self.bodies[0].keypoints[keypoint_index(name)]

    def on_ground(self, points: NDArray) -> NDArray[np.float32]:
        """World points (N, 3) in the person's ground frame: about their middle, +Y headwards."""
        return ((points.astype(np.float32) - self._origin) @ self._turn).astype(np.float32)

    def in_world(self, points: NDArray) -> NDArray[np.float32]:
        """The way back from `on_ground`."""
        turned = points.astype(np.float32) @ self._turn.T
        return (turned + self._origin).astype(np.float32)

    @cached_property
    def _origin(self) -> NDArray[np.float32]:
        return np.array([self.middle[0], self.middle[1], 0.0], np.float32)

    @cached_property
    def _turn(self) -> NDArray[np.float32]:
        return yaw(self.heading).astype(np.float32)


@cache
def keypoint_index(name: str) -> int:
    """Where a keypoint stands in `infant16`; raises KeyError."""
    return shipped_skeleton().index(name)


def _unit(vector: Array) -> Array:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
