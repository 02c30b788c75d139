"""A pose network that sees a painted infant: a round blob of its own grey for each keypoint.

It finds keypoint k where the picture has its value, so that geometry is tested without weights:
whatever crop, turn or batch, the found places must be those that were painted.
"""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.card import ModelCard
from core.networks.load import PoseNetwork
from core.pose.skeleton import shipped_skeleton
from core.prediction.looker import Looker
from core.prediction.predictor import Predictor

SIZE = 256
CELLS = 64
COCO = shipped_skeleton("coco17").keypoints
MIRROR = list(shipped_skeleton("coco17").mirror_indices)

# An infant lying upright in a picture of 100 x 100, in COCO's names.
_UPRIGHT = {
    "nose": (50, 17), "left_eye": (53, 14), "right_eye": (47, 14), "left_ear": (58, 16),
    "right_ear": (42, 16), "left_shoulder": (62, 30), "right_shoulder": (38, 30),
    "left_elbow": (74, 40), "right_elbow": (26, 40), "left_wrist": (84, 32),
    "right_wrist": (16, 32), "left_hip": (58, 58), "right_hip": (42, 58), "left_knee": (66, 72),
    "right_knee": (34, 72), "left_ankle": (62, 88), "right_ankle": (38, 88),
}  # fmt: skip
UPRIGHT = np.array([_UPRIGHT[name] for name in COCO], np.float32)


class BlobNetwork(nn.Module):
    """(B, 3, S, S) in [0, 1] -> logits that peak where red holds the keypoint's number.

    It only knows infants that stand head up, as a network trained on photographs does: where a
    hip is above the shoulders it sees everything with little confidence. And it takes for left
    what is on the right of the picture, so that a mirrored infant is just another infant.
    """

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))
        self.seen: list[int] = []

    def forward(self, images: Tensor) -> Tensor:
        self.seen.append(len(images))
        numbers = torch.arange(1, 18).view(1, 17, 1, 1) * 14 / 255
        red = images[:, :1, ::2, ::2]  # a quarter of the work, half a pixel of error
        match = 1 - ((red - numbers).abs() * 255 / 5).clamp(0, 1)
        maps = nn.functional.avg_pool2d(match, SIZE // CELLS // 2)
        rows = torch.arange(CELLS).view(1, 1, CELLS, 1)
        mass = maps.sum((2, 3)).clamp_min(1e-6)
        across = (maps * rows.mT).sum((2, 3)) / mass
        is_mirrored = (across[:, 5] < across[:, 6]).view(-1, 1, 1, 1)
        maps = torch.where(is_mirrored, maps[:, MIRROR], maps)
        heights = (maps * rows).sum((2, 3)) / mass
        stands = heights[:, [11, 12]].mean(1) > heights[:, [5, 6]].mean(1) + 3
        sure = torch.where(stands, 0.9, 0.2).view(-1, 1, 1, 1)
        peak = maps.amax((2, 3), keepdim=True)
        share = torch.where(peak > 0.3, maps / peak.clamp_min(1e-6), maps * 0)
        return (share * sure).clamp(1e-4, 1 - 1e-4).logit()


Paint = Callable[..., NDArray[np.uint8]]


def places(
    *, centre: tuple[float, float], side: float, degrees: float = 0.0
) -> NDArray[np.float32]:
    """The 17 keypoints of an infant of this size, turned clockwise about its middle."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return ((UPRIGHT - 50) / 100 * side @ turn.T + centre).astype(np.float32)


def painted(points: NDArray[np.float32], width: int, height: int) -> NDArray[np.uint8]:
    """A black picture with a disc for each keypoint."""
    image = np.zeros((height, width, 3), np.uint8)
    radius = max(float(np.ptp(points, axis=0).max()) * 0.035, 2.0)
    for number, (x, y) in enumerate(points, start=1):
        middle = (round(float(x) * 16 - 8), round(float(y) * 16 - 8))
        cv2.circle(image, middle, round(radius * 16), (14 * number, 0, 0), -1, shift=4)
    return image


@pytest.fixture(scope="session")
def blob_card() -> ModelCard:
    return ModelCard(
        name="blobs",
        title="Blobs",
        architecture="movenet_thunder",
        skeleton="coco17",
        input_size=SIZE,
        heatmap_size=CELLS,
        mean=(0.0, 0.0, 0.0),
        std=(1.0, 1.0, 1.0),
        threshold=0.5,
        training_data="none",
        licence="none",
        weights_sha256="0" * 64,
        created="2026-01-01",
    )


@pytest.fixture
def network(blob_card: ModelCard) -> PoseNetwork:
    return PoseNetwork(blob_card, BlobNetwork())


@pytest.fixture
def predictor(network: PoseNetwork) -> Predictor:
    return Predictor(Looker(network, batch=4))
