"""A body in a pose: its skin, its joints, its keypoints."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import BodyPose


@dataclass(frozen=True, eq=False)
class PosedBody:
    """What `BodyModel.posed` gives; metres, in the world frame once it has been moved there.

    vertices and normals (V, 3) float32; rest_vertices (V, 3) float32, the same person in the zero
    pose standing on z = 0; joints (19, 3) float64, heads of the driven joints in the order of
    JOINTS; keypoints (16, 3) float64 by COCO-style regressors, `infant16` order; thickness (16,)
    metres from a keypoint to the skin around it.
    """

    physique: Physique
    pose: BodyPose
    vertices: NDArray[np.float32]
    normals: NDArray[np.float32]
    rest_vertices: NDArray[np.float32]
    joints: NDArray[np.float64]
    keypoints: NDArray[np.float64]
    thickness: NDArray[np.float64]

    def moved(self, shift: NDArray[np.float64]) -> "PosedBody":
        """The same body elsewhere; `shift` (3,) metres."""
        return PosedBody(
            self.physique,
            self.pose,
            self.vertices + shift.astype(np.float32),
            self.normals,
            self.rest_vertices,
            self.joints + shift,
            self.keypoints + shift,
            self.thickness,
        )
