"""Look at squares of frames with the pose network, many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.networks.load import PoseNetwork
from core.pose.keypoint_rules import Keypoints, predicted_infant
from core.pose.skeleton import shipped_skeleton
from core.prediction.crop import Body, Crop
from core.prediction.heatmap_decoding import decode_heatmaps

Image = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Look:
    """What one look at one square found; `score` is the mean confidence of the limbs."""

    crop: Crop
    body: Body
    score: float

    @property
    def closer(self) -> Crop:
        """The square around what was found, turned as this one."""
        return self.body.crop(self.crop.degrees)

    @property
    def upright(self) -> Crop:
        """The square around what was found that shows the trunk upright."""
        return self.body.crop(self.body.turn)


def best_of(looks: Sequence[Look]) -> Look:
    """The look with the highest score, the first of equals."""
    return max(looks, key=lambda look: look.score)


class Looker:
    """A pose network that finds the 16 keypoints in squares of frames."""

    def __init__(self, network: PoseNetwork, batch: int) -> None:
        """Look with this network, on the device of its weights, at `batch` squares at a time."""
        self.network = network
        self.batch = batch
        self.skeleton = shipped_skeleton()
        self._own = shipped_skeleton(network.card.skeleton)

    def look(self, images: Sequence[Image], crops: Sequence[Crop]) -> list[Look]:
        """One look for each pair of frame (H, W, 3) and square."""
        looks: list[Look] = []
        for start in range(0, len(crops), self.batch):
            span = slice(start, start + self.batch)
            looks += self._look_at_batch(images[span], crops[span])
        return looks

    def look_at_one(self, image: Image, crops: Sequence[Crop]) -> list[Look]:
        """One look for each square of one frame."""
        return self.look([image] * len(crops), crops)

    def _look_at_batch(self, images: Sequence[Image], crops: Sequence[Crop]) -> list[Look]:
        card = self.network.card
        pixels = np.stack(
            [crop.cut(image, card.input_size) for image, crop in zip(images, crops, strict=True)]
        )
        with torch.inference_mode():
            peaks = decode_heatmaps(self.network.heatmaps(_channels_first(pixels)))
            xy, confidence = peaks.in_pixels(card).cpu().numpy(), peaks.confidence.cpu().numpy()
        for values in (xy, confidence):
            self._put_sides_right(values, crops)
        to_frame = [crop.affine(card.input_size).inverse for crop in crops]
        in_frame = np.stack([back(points) for back, points in zip(to_frame, xy, strict=True)])
        points = Keypoints(self._own.keypoints, in_frame.astype(np.float32), confidence)
        return self._looks(crops, predicted_infant(points, self.skeleton))

    def _put_sides_right(self, values: NDArray[np.float32], crops: Sequence[Crop]) -> None:
        """Swap left and right of what mirrored crops showed, in place; values (B, K, ...)."""
        mirrored = np.flatnonzero([crop.is_mirrored for crop in crops])
        values[mirrored] = values[mirrored][:, self._own.mirror_indices]

    def _looks(self, crops: Sequence[Crop], found: Keypoints) -> list[Look]:
        scores = found.confidence[:, self.skeleton.limb_indices].mean(axis=1)
        return [
            Look(crop, Body(xy, confidence, self.skeleton), float(score))
            for crop, xy, confidence, score in zip(
                crops, found.xy, found.confidence, scores, strict=True
            )
        ]


def _channels_first(pixels: Image) -> torch.Tensor:
    """(B, S, S, 3) -> (B, 3, S, S) without copying: channels-last in memory, as CPUs like it."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2)
