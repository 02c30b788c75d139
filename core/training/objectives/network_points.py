"""Meet a network's keypoints and the 16 of SHIFT by name, so that gradients pass."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.pose.keypoint_rules import Keypoints, labelled_infant
from core.pose.skeleton import Skeleton, shipped_skeleton


@dataclass(frozen=True, eq=False)
class NetworkPoints:
    """How the K keypoints of a network make the 16, and which labels it can learn from.

    matrix (16, K): each of the 16 as a weighted sum, a row of zeros where it cannot be had;
    channels (M,): the network's keypoints that are among the 16; positions (M,): which they are;
    mirror (K,) and infant_mirror (16,) swap the sides.
    """

    matrix: Tensor
    channels: Tensor
    positions: Tensor
    mirror: Tensor
    infant_mirror: Tensor

    @staticmethod
    def of(network: Skeleton, device: torch.device | str = "cpu") -> "NetworkPoints":
        """For networks with this skeleton."""
        infant = shipped_skeleton()
        shared = [name for name in network.keypoints if name in infant.keypoints]
        matrix = torch.from_numpy(_rule_matrix(network, infant))
        indices = (network.indices(*shared), infant.indices(*shared))
        mirrors = (network.mirror_indices, infant.mirror_indices)
        tensors = [torch.as_tensor(one, dtype=torch.int64) for one in (*indices, *mirrors)]
        return NetworkPoints(*(one.to(device) for one in (matrix, *tensors)))

    @property
    def is_known(self) -> Tensor:
        """Which of the 16 the network can give, (16,) bool."""
        return (self.matrix != 0).any(dim=1)

    def infant(self, points: Tensor) -> Tensor:
        """Places (B, K, 2) of the network -> the 16 (B, 16, 2); zeros where one cannot be had."""
        return (self.matrix.unsqueeze(-1) * points.unsqueeze(1)).sum(dim=2)

    def infant_confidence(self, confidence: Tensor) -> Tensor:
        """(B, K) -> (B, 16): that of the least sure keypoint that a point is made of, or 0."""
        is_used = self.matrix != 0
        least = torch.where(is_used, confidence.unsqueeze(1), torch.inf).amin(dim=2)
        return torch.where(self.is_known, least, 0.0)

    def labels(self, places: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
        """Labels (B, 16, 2), weights (B, 16) of the 16 -> of the network's K; others weigh 0."""
        count = len(self.mirror)
        ours = places.new_zeros(len(places), count, 2)
        ours = ours.index_copy(1, self.channels, places.index_select(1, self.positions))
        known = weights.new_zeros(len(weights), count)
        return ours, known.index_copy(1, self.channels, weights.index_select(1, self.positions))


def _rule_matrix(network: Skeleton, infant: Skeleton) -> np.ndarray:
    """The rules for labels as a matrix: they are linear, so moving one keypoint shows its part."""
    count = len(network)
    xy = np.stack([np.eye(count), np.zeros((count, count))], axis=-1).astype(np.float32)
    moved = Keypoints(network.keypoints, xy, np.ones((count, count), np.float32))
    return np.nan_to_num(labelled_infant(moved, infant).xy[..., 0].T)
