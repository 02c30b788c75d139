"""Painted stick figures and a tiny network that sees them, so that evidence has something to say.

Partners share a colour; the one farther right in the picture is the infant's left, as in life.
"""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from core.networks.load import PoseNetwork
from core.pose.skeleton import shipped_skeleton
from core.training.data.canvas import CANVAS
from core.training.data.canvas_set import CanvasSet
from tests.core.training import toy

# Right to the infant's left in a canvas of side 1, as far as sides go.
_POSE = {
    "ankle": (0.14, 0.74), "knee": (0.12, 0.62), "hip": (0.07, 0.54), "shoulder": (0.09, 0.34),
    "elbow": (0.17, 0.40), "wrist": (0.2, 0.3), "pelvis": (0.0, 0.54), "thorax": (0.0, 0.42),
    "neck": (0.0, 0.33), "head": (0.0, 0.24),
}  # fmt: skip
_KINDS = tuple(_POSE)


def _kind(name: str) -> str:
    return name.rpartition("_")[2]


def _side(name: str) -> int:
    return {"left": 1, "right": -1}.get(name.partition("_")[0], 0)


def colours() -> Tensor:
    """One for each of the 16, alike for partners, in [0, 1]; corners and edges of the cube."""
    palette = [
        (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 0.5, 0),
        (0, 0.5, 1), (0.5, 1, 0.5), (1, 1, 1),
    ]  # fmt: skip
    names = shipped_skeleton().keypoints
    return torch.tensor([palette[_KINDS.index(_kind(name))] for name in names]).float()


def canvases(count: int, seed: int, groups: tuple[str, ...] | None = None) -> CanvasSet:
    rng = np.random.default_rng(seed)
    names = shipped_skeleton().keypoints
    pose = np.array([
        (0.5 + _side(name) * _POSE[_kind(name)][0], _POSE[_kind(name)][1]) for name in names
    ])  # fmt: skip
    xy = (pose + rng.uniform(-0.012, 0.012, (count, 16, 2))) * CANVAS
    images = np.zeros((count, CANVAS, CANVAS, 3), np.uint8)
    paint = (255 * colours().numpy()).astype(np.uint8)
    for image, points in zip(images, xy, strict=True):
        for colour, (x, y) in zip(paint, points.round().astype(int), strict=True):
            image[y - 6 : y + 6, x - 6 : x + 6] = colour
    infant = np.full((count, CANVAS, CANVAS), 255, np.uint8)
    labels = tuple(f"{number}" for number in range(count))
    return CanvasSet(images, xy.astype(np.float32), infant, labels, groups or labels)


class Seer(nn.Module):
    """(B, 3, 64, 64) -> (B, 16, 16, 16): where a keypoint's colour is, on its side."""

    def __init__(self, error: float = 0.0) -> None:
        super().__init__()
        chance = torch.Generator().manual_seed(0)
        wrong = error * torch.randn(16, 3, generator=chance)
        self.colours = nn.Parameter(2 * colours() - 1 + wrong)
        self.sides = nn.Parameter(
            torch.tensor([float(_side(name)) for name in shipped_skeleton().keypoints])
        )

    def forward(self, images: Tensor) -> Tensor:
        apart = (images.unsqueeze(1) - self.colours.view(1, 16, 3, 1, 1)).square().sum(2)
        across = torch.linspace(-1, 1, images.shape[-1]).view(1, 1, 1, -1)
        side = torch.sigmoid(20 * across * self.sides.view(1, 16, 1, 1))
        return 2 * fn.avg_pool2d(torch.exp(-4 * apart) * side, 5, 4, 2, count_include_pad=False)


def network(error: float = 0.0) -> PoseNetwork:
    return PoseNetwork(toy.CARD, Seer(error))
