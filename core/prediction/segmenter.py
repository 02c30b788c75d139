"""The infant's visible silhouette in a frame, looked at through the square around its pose."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from core.networks.load import SegmentationNetwork
from core.pose.pose_track import Pose
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton
from core.prediction.crop import Body, Crop
from core.prediction.looker import Image

_ENLARGED = 1.4  # of the pose network's square: BlazePose wants the whole body and some room
# Zoom, mirrored: what is seen in photographs. The first shows all that the others do.
_LOOKS: Final = ((0.93, False), (0.93, True), (1.12, False), (1.12, True))

Maps = NDArray[np.float32]


class Segmenter:
    """A segmentation network that outlines the infant where its pose says it is."""

    def __init__(self, network: SegmentationNetwork, skeleton: Skeleton, batch: int) -> None:
        """Look with this network, on the device of its weights, at `batch` squares at a time."""
        self.network = network
        self.batch = batch
        self._skeleton = skeleton

    def outlines(
        self, images: Sequence[Image], poses: Sequence[Pose], *, careful: bool = False
    ) -> tuple[Silhouette | None, ...]:
        """One silhouette for each pair of frame and pose, None where the pose is empty.

        A `careful` one is the mean of four looks, at two zooms and mirrored.
        """
        found: list[Silhouette | None] = [None] * len(images)
        there = [i for i, pose in enumerate(poses) if not pose.is_empty]
        if careful:
            for i in there:
                found[i] = self._agreed(images[i], self._crop(poses[i]))
            return tuple(found)
        crops = [self._crop(poses[i]) for i in there]
        maps = self._maps([images[i] for i in there], crops)
        for i, crop, one in zip(there, crops, maps, strict=True):
            found[i] = self._outline(one, crop)
        return tuple(found)

    def _crop(self, pose: Pose) -> Crop:
        """A square that also shows limbs of which the pose network is not sure.

        What it says of a point is taken as a chance here: a doubtful foot outside the square
        would be cut off, one inside costs nothing.
        """
        crop = Body.of_pose(pose, self._skeleton, None).upright
        return Crop(crop.centre, _ENLARGED * crop.side, crop.degrees)

    def _agreed(self, image: Image, crop: Crop) -> Silhouette:
        crops = [crop.varied(0.0, zoom, is_mirrored=flip) for zoom, flip in _LOOKS]
        maps = self._maps([image] * len(crops), crops)
        mean = _mean_in_first(maps, crops)
        return self._outline(mean, crops[0])

    def _outline(self, probabilities: Maps, crop: Crop) -> Silhouette:
        mask = probabilities >= self.network.card.threshold
        return Silhouette.from_mask(mask, crop.affine(len(mask)).inverse)

    def _maps(self, images: Sequence[Image], crops: Sequence[Crop]) -> list[Maps]:
        """How likely each cell (h, h) of each square shows the infant."""
        maps: list[Maps] = []
        for start in range(0, len(crops), self.batch):
            part = slice(start, start + self.batch)
            maps += list(self._look(images[part], crops[part]))
        return maps

    def _look(self, images: Sequence[Image], crops: Sequence[Crop]) -> Maps:
        size = self.network.card.input_size
        pixels = np.stack(
            [crop.cut(image, size) for image, crop in zip(images, crops, strict=True)]
        )
        with torch.inference_mode():
            maps = self.network.probabilities(torch.from_numpy(pixels).permute(0, 3, 1, 2))
        return maps[:, 0].float().cpu().numpy()


def _mean_in_first(maps: Sequence[Maps], crops: Sequence[Crop]) -> Maps:
    """The mean of maps in the first one's square, over those that reach a cell."""
    size = len(maps[0])
    to_first = crops[0].affine(size)
    total, reached = np.zeros((2, size, size), np.float32)
    for one, crop in zip(maps, crops, strict=True):
        matrix = crop.affine(size).inverse.then(to_first).index_matrix
        for values, into in ((one, total), (np.ones_like(one), reached)):
            into += cv2.warpAffine(values, matrix, (size, size), flags=cv2.INTER_LINEAR)
    return (total / np.maximum(reached, 1e-6)).astype(np.float32)
