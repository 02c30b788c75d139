"""Look at squares of frames with the pose network, many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.networks.load import PoseNetwork
from core.pose.skeleton import Skeleton, shipped_skeleton
from core.prediction.crop import Crop
from core.prediction.heatmap_decoding import decode_heatmaps
from core.prediction.keypoint_rules import Keypoints, predicted_infant

Image = NDArray[np.uint8]
_BATCH = 8  # beyond it a CPU gains nothing and memory grows


@dataclass(frozen=True, eq=False)
class Look:
    """What one look at one square found: the 16 keypoints in frame pixels."""

    crop: Crop
    xy: NDArray[np.float32]
    confidence: NDArray[np.float32]
    score: float

    def closer(self, skeleton: Skeleton) -> Crop:
        """The square around what was found, to look again."""
        return Crop.upright(self.xy, self.confidence, skeleton)


class Looker:
    """A pose network that finds 16 keypoints in squares of frames."""

    def __init__(self, network: PoseNetwork) -> None:
        """Look with this network, on the device where its weights are."""
        self._network = network
        self._names = shipped_skeleton(network.card.skeleton).keypoints
        self.skeleton = shipped_skeleton()

    def look(self, images: Sequence[Image], crops: Sequence[Crop]) -> list[Look]:
        """One look for each pair of frame (H, W, 3) and square."""
        looks: list[Look] = []
        for start in range(0, len(crops), _BATCH):
            span = slice(start, start + _BATCH)
            looks += self._look_at_batch(images[span], crops[span])
        return looks

    def look_at_one(self, image: Image, crops: Sequence[Crop]) -> list[Look]:
        """One look for each square of one frame."""
        return self.look([image] * len(crops), crops)

    def _look_at_batch(self, images: Sequence[Image], crops: Sequence[Crop]) -> list[Look]:
        card = self._network.card
        pixels = np.stack(
            [crop.cut(image, card.input_size) for image, crop in zip(images, crops, strict=True)]
        )
        with torch.inference_mode():
            peaks = decode_heatmaps(self._network.heatmaps(_channels_first(pixels)))
            xy, confidence = peaks.in_pixels(card).cpu().numpy(), peaks.confidence.cpu().numpy()
        back = [crop.affine(card.input_size).inverse for crop in crops]
        in_frame = np.stack([to_frame(points) for to_frame, points in zip(back, xy, strict=True)])
        found = predicted_infant(
            Keypoints(self._names, in_frame.astype(np.float32), confidence), self.skeleton
        )
        limbs = self.skeleton.limb_indices
        return [
            Look(crop, points, sure, float(sure[limbs].mean()))
            for crop, points, sure in zip(crops, found.xy, found.confidence, strict=True)
        ]


def _channels_first(pixels: Image) -> torch.Tensor:
    """(B, S, S, 3) -> (B, 3, S, S) without copying: channels-last in memory, as CPUs like it."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2)
