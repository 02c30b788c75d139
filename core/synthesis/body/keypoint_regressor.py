"""The 16 keypoints of a body from its skin, where annotators of photographs would put them."""

import numpy as np
from numpy.typing import NDArray

from core.pose.keypoint_rules import THORAX_FROM_NECK
from core.pose.skeleton import shipped_skeleton

_NEAREST_SKIN = 20  # vertices that tell how deep a keypoint lies
_EVERY = 3  # vertices are so dense that a third of them tells it


class KeypointRegressor:
    """Weights from skin to keypoints, Anny's COCO regressor followed by our rules for the axis."""

    def __init__(self, coco: NDArray[np.float32]) -> None:
        """`coco` (17, V): each COCO keypoint as a mean of skin vertices."""
        dense = _sixteen_from_coco() @ coco
        self._used = np.flatnonzero(dense.any(axis=0))
        self._weights = dense[:, self._used]

    def __call__(self, vertices: NDArray[np.float32]) -> NDArray[np.float64]:
        """Keypoints (16, 3) of skin (V, 3), in the order of `infant16`."""
        return self._weights @ vertices[self._used].astype(np.float64)

    @staticmethod
    def thickness(
        keypoints: NDArray[np.float64], vertices: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """Mean distance (16,) in metres from keypoints to the skin nearest to them."""
        skin = vertices[::_EVERY].astype(np.float64)
        middle = skin.mean(axis=0)  # squares of numbers near zero lose fewer digits
        points, skin = keypoints - middle, skin - middle
        squares = (points**2).sum(1)[:, None] + (skin**2).sum(1) - 2 * points @ skin.T
        nearest = np.partition(squares, _NEAREST_SKIN, axis=1)[:, :_NEAREST_SKIN]
        return np.sqrt(np.maximum(nearest, 0)).mean(axis=1)


def _sixteen_from_coco() -> NDArray[np.float64]:
    """(16, 17): the rules of `core.pose.keypoint_rules`, as weights."""
    coco = shipped_skeleton("coco17").keypoints
    rows = {name: np.eye(len(coco))[coco.index(name)] for name in coco}
    middle = {
        part: (rows[f"left_{part}"] + rows[f"right_{part}"]) / 2
        for part in ("hip", "shoulder", "ear")
    }
    rows |= {"pelvis": middle["hip"], "neck": middle["shoulder"], "head": middle["ear"]}
    rows["thorax"] = middle["shoulder"] + THORAX_FROM_NECK * (middle["hip"] - middle["shoulder"])
    return np.stack([rows[name] for name in shipped_skeleton().keypoints])
