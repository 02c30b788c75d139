"""The infant's visible silhouette in a frame, looked at through the square around its pose."""

from collections.abc import Sequence

import numpy as np
import torch

from core.models.trust import Trust
from core.networks.load import SegmentationNetwork
from core.pose.pose_track import Pose
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton
from core.prediction.crop import Body, Crop
from core.prediction.looker import Image

_ENLARGED = 1.4  # of the pose network's square: BlazePose wants the whole body and some room


class Segmenter:
    """A segmentation network that outlines the infant where its pose says it is."""

    def __init__(
        self,
        network: SegmentationNetwork,
        skeleton: Skeleton,
        batch: int,
        trust: Trust | None = None,
    ) -> None:
        """Look with this network, on the device of its weights, at `batch` squares at a time.

        `trust` is that of the network whose poses are outlined.
        """
        self.network = network
        self.batch = batch
        self._skeleton = skeleton
        self._trust = trust

    def outlines(
        self, images: Sequence[Image], poses: Sequence[Pose]
    ) -> tuple[Silhouette | None, ...]:
        """One silhouette for each pair of frame and pose, None where the pose is empty."""
        found: list[Silhouette | None] = [None] * len(images)
        there = [i for i, pose in enumerate(poses) if not pose.is_empty]
        for start in range(0, len(there), self.batch):
            part = there[start : start + self.batch]
            crops = [self._crop(poses[i]) for i in part]
            masks = self._masks([images[i] for i in part], crops)
            for i, crop, mask in zip(part, crops, masks, strict=True):
                found[i] = Silhouette.from_mask(mask, crop.affine(len(mask)).inverse)
        return tuple(found)

    def _crop(self, pose: Pose) -> Crop:
        crop = Body.of_pose(pose, self._skeleton, self._trust).upright
        return Crop(crop.centre, _ENLARGED * crop.side, crop.degrees)

    def _masks(self, images: Sequence[Image], crops: Sequence[Crop]) -> np.ndarray:
        card = self.network.card
        pixels = np.stack(
            [crop.cut(image, card.input_size) for image, crop in zip(images, crops, strict=True)]
        )
        with torch.inference_mode():
            probabilities = self.network.probabilities(torch.from_numpy(pixels).permute(0, 3, 1, 2))
        return (probabilities[:, 0] >= card.threshold).cpu().numpy()
