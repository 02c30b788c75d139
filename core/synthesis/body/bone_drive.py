"""From the rotations of a `BodyPose` to the rotation of each bone of Anny."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body import rotations as turn
from core.synthesis.body.bone_map import driver_of
from core.synthesis.body.pose import PARENTS, BodyPose

Array = NDArray[np.float64]


class BoneDrive:
    """Turns bones as the joints say; built once for a list of bones."""

    def __init__(self, bones: Sequence[str]) -> None:
        """`bones` are Anny's names."""
        drivers = [driver_of(bone) for bone in bones]
        self._joint = np.array([joint for joint, _ in drivers])
        self._share = np.array([share for _, share in drivers])

    def rotations(self, pose: BodyPose) -> Array:
        """World rotations (B, 3, 3) of the bones, away from their zero pose."""
        world = pose.world_rotations()
        q = turn.quaternion(pose.rotations)
        swing, twist = turn.swing_and_twist(q)
        half_twist = turn.halved(twist)
        parts = np.stack([q, turn.halved(q), turn.product(swing, half_twist), half_twist])
        own = turn.matrix(parts[self._share, self._joint])
        parent = np.array(PARENTS)[self._joint]
        above = np.where((parent < 0)[:, None, None], np.eye(3), world[parent])
        return above @ own


def heads_after(rotations: Array, rest_heads: Array, parents: NDArray[np.int32]) -> Array:
    """Where bones' heads (B, 3) come to lie when every bone is turned; the root's head stays."""
    heads = rest_heads.copy()
    offset = rest_heads - rest_heads[parents]
    for bone, parent in enumerate(parents):
        if parent >= 0:
            heads[bone] = heads[parent] + rotations[parent] @ offset[bone]
    return heads
