"""The body in one frame as clothes see it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.pose import JOINTS
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.wardrobe.template.anatomy import Anatomy

BENDING = ("left_elbow", "right_elbow", "left_knee", "right_knee", "left_hip", "right_hip",
           "left_shoulder", "right_shoulder", "spine")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Wearer:
    """A posed body and the anatomy of its topology."""

    anatomy: Anatomy
    posed: PosedBody

    @cached_property
    def scale(self) -> float:
        """The person's stature over the template's."""
        return float(np.ptp(self.posed.rest_vertices[:, 2])) / self.anatomy.stature

    @cached_property
    def bends(self) -> NDArray[np.floating]:
        """How far the joints of BENDING are bent, 1 for a right angle."""
        rotations = self.posed.pose.rotations[[JOINTS.index(joint) for joint in BENDING]]
        cosine = np.clip((np.trace(rotations, axis1=1, axis2=2) - 1) / 2, -1, 1)
        return (np.arccos(cosine) / (np.pi / 2)).astype(np.float32)

    @cached_property
    def head_rotation(self) -> NDArray[np.floating]:
        """How the head is turned in the world, (3, 3)."""
        return self.posed.pose.world_rotations()[JOINTS.index("head")].astype(np.float32)

    def landmark(self, vertices: NDArray[np.int64]) -> NDArray[np.floating]:
        """The middle (3,) of some vertices."""
        return self.posed.vertices[vertices].mean(axis=0)
