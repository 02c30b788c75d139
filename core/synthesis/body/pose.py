"""A pose of the body as rotations of its joints, and the joints' names."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

JOINTS = (
    "root", "spine", "chest", "neck", "head",
    "left_clavicle", "left_shoulder", "left_elbow", "left_wrist",
    "right_clavicle", "right_shoulder", "right_elbow", "right_wrist",
    "left_hip", "left_knee", "left_ankle",
    "right_hip", "right_knee", "right_ankle",
)  # fmt: skip
PARENTS = (-1, 0, 1, 2, 3, 2, 5, 6, 7, 2, 9, 10, 11, 0, 13, 14, 0, 16, 17)


@dataclass(frozen=True, eq=False)
class BodyPose:
    """How each joint is turned, away from standing to attention.

    Zero pose (all identities): upright, facing -Y, head up +Z, the person's left +X; arms hanging
    at the sides with palms towards the thighs, elbows and knees straight, feet pointing forward.
    rotations (19, 3, 3) float64 in the order of JOINTS, each in the axes of the zero pose:
    `world(child) = world(parent) @ rotations[child]`, and the root's turns the whole body.
    grip: how far the fingers of the left and right hand are closed, 0 flat .. 1 fist.
    """

    rotations: NDArray[np.float64]
    grip: tuple[float, float] = (0.5, 0.5)
    mouth: float = 0.0  # 0 closed .. 1 wide open
    eyes: float = 1.0  # 0 closed .. 1 open

    def world_rotations(self) -> NDArray[np.float64]:
        """How each body segment is turned in the world, (19, 3, 3)."""
        world = np.empty_like(self.rotations)
        for joint, parent in enumerate(PARENTS):
            own = self.rotations[joint]
            world[joint] = own if parent < 0 else world[parent] @ own
        return world
