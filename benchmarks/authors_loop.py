"""What surrounds the networks in the authors' training loop, for comparison only.

Written from METHOD.md (sections 1 and 4), as described there: each sample is warped on its own,
three times over, with the nearest pixel; heat-maps are rectified number by number. At a batch of
32 it dispatches some 18,000 operations for the teacher's maps, with 4,096 reads of single numbers
(METHOD.md counts 23,000 and 4,096 in the original), 1,600 for the occlusion (1,400), 2,700 for the
student's maps with their way back (2,100 without it).
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as fn

from core.networks.torchvision_shim import torchvision_models

torchvision_models()  # declares what `torchvision.transforms` needs beside a CPU-only torch
from torchvision import transforms  # noqa: E402
from torchvision.transforms import functional as tf  # noqa: E402

SIGMA, REACH = 2, 6
BONES = (
    (8, 9), (2, 8), (3, 8), (12, 8), (13, 8), (1, 2), (0, 1),
    (4, 3), (5, 4), (11, 12), (10, 11), (14, 13), (15, 14),
)  # fmt: skip
_NORMALISE = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
_JITTER = transforms.ColorJitter(0.25, 0.25, 0.25)
_NEAREST = tf.InterpolationMode.NEAREST


@dataclass(frozen=True)
class Warp:
    """A random affine map as the authors keep it: degrees, pixels, degrees, factor."""

    angle: float
    shift: tuple[int, int]
    shear: float
    scale: float

    @staticmethod
    def drawn(rng: np.random.Generator) -> "Warp":
        x, y = rng.integers(-13, 14, 2)
        return Warp(
            rng.uniform(-60, 60), (int(x), int(y)), rng.uniform(-30, 30), rng.uniform(0.6, 1.3)
        )

    def forward(self, picture: Tensor) -> Tensor:
        shear = [self.shear, 0.0]
        return tf.affine(picture, self.angle, list(self.shift), self.scale, shear, _NEAREST)

    def back(self, picture: Tensor, ratio: int = 4) -> Tensor:
        """Undo translation, then rotation and scale, then shear: three resamplings."""
        shift = [-self.shift[0] / ratio, -self.shift[1] / ratio]
        picture = tf.affine(picture, 0.0, shift, 1.0, [0.0, 0.0], _NEAREST)  # pyright: ignore
        picture = tf.affine(picture, -self.angle, [0, 0], 1 / self.scale, [0.0, 0.0], _NEAREST)
        return tf.affine(picture, 0.0, [0, 0], 1.0, [-self.shear, 0.0], _NEAREST)


def view(picture: Image.Image, warp: Warp, keypoints: NDArray[np.float64], targets: int) -> Tensor:
    """One augmented picture of the loader, and the targets drawn along with it."""
    shear = [warp.shear, 0.0]
    moved = tf.affine(
        picture,  # pyright: ignore[reportArgumentType]
        warp.angle,
        list(warp.shift),
        warp.scale,
        shear,
        _NEAREST,
    )
    for _ in range(targets):
        generate_target(keypoints)
    return _NORMALISE(tf.to_tensor(_JITTER(moved)))


def cropped(picture: Image.Image) -> Image.Image:
    return transforms.RandomResizedCrop(256, (0.6, 1.0), (1.0, 1.0))(picture)


def generate_target(keypoints: NDArray[np.float64]) -> NDArray[np.float32]:
    """(K, 2) pixels -> (K, 64, 64), one pasted Gaussian patch after the other."""
    target = np.zeros((len(keypoints), 64, 64), np.float32)
    for number, (x, y) in enumerate(keypoints):
        _paste(target[number], int(x / 4 + 0.5), int(y / 4 + 0.5))
    return target


def rectify(heatmaps: Tensor) -> Tensor:
    """A fresh Gaussian at every largest cell, one map at a time; eight reads for each."""
    rectified = torch.zeros_like(heatmaps)
    size = heatmaps.shape[-1]
    at = heatmaps.flatten(2).argmax(dim=2)
    for b in range(heatmaps.shape[0]):
        for k in range(heatmaps.shape[1]):
            x, y = at[b][k] % size, at[b][k] // size
            if x >= size or y >= size or x < 0 or y < 0:
                continue
            left, top = int(x - REACH), int(y - REACH)
            right, bottom = int(x + REACH + 1), int(y + REACH + 1)
            patch = torch.from_numpy(_patch()).to(heatmaps.device)
            patch = patch[
                max(0, -top) : min(bottom, size) - top, max(0, -left) : min(right, size) - left
            ]
            rectified[b][k][max(0, top) : min(bottom, size), max(0, left) : min(right, size)] = (
                patch
            )
    return rectified


def map_back(heatmaps: Tensor, warps: list[Warp]) -> Tensor:
    """Every sample on its own, laid into one result."""
    plain = torch.zeros_like(heatmaps)
    for b, warp in enumerate(warps):
        plain[b] = warp.back(heatmaps[b])
    return plain


def confidence_mask(heatmaps: Tensor, ratio: float = 0.5) -> Tensor:
    peaks = heatmaps.amax(dim=(2, 3))
    least, _ = torch.kthvalue(peaks.flatten(), int(ratio * peaks.numel()))
    return (peaks > least).float()


def hide_keypoints(
    pictures: Tensor, heatmaps: Tensor, warps: list[Warp], rng: np.random.Generator
) -> Tensor:
    """In every second sample: image back, a patch over one keypoint, image forward again."""
    pictures = pictures.clone()
    peaks, at = heatmaps.flatten(2).max(dim=2)
    for b in range(0, len(warps), 2):
        sure = (peaks[b] >= 0.5).nonzero().flatten()
        place = int(at[b, sure[int(rng.integers(len(sure)))]])
        x, y = (min(max(4 * cell, 10), 246) for cell in (place % 64, place // 64))
        plain = warps[b].back(pictures[b])
        left, top = rng.integers(10, 246, 2)
        patch = plain[:, top - 10 : top + 10, left - 10 : left + 10].clone()
        plain[:, y - 10 : y + 10, x - 10 : x + 10] = patch
        pictures[b] = warps[b].forward(plain)
    return pictures


def consistency(student: Tensor, pseudo: Tensor, mask: Tensor) -> Tensor:
    return ((mask[..., None, None] * (student - pseudo)) ** 2).mean()


def bones(heatmaps: Tensor) -> Tensor:
    """Soft-argmax over all cells, then one bone after the other: (B, 13, 2)."""
    size = heatmaps.shape[-1]
    rows, columns = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    weights = fn.softmax(500 * heatmaps.flatten(2), dim=2)
    x = (weights * columns.flatten().float().to(heatmaps.device)).sum(2)
    y = (weights * rows.flatten().float().to(heatmaps.device)).sum(2)
    found = []
    for a, b in BONES:
        bone = torch.stack([x[:, b] - x[:, a], y[:, b] - y[:, a]], dim=1)
        found.append(bone / bone.norm(dim=1, keepdim=True))
    return torch.stack(found, dim=1)


def silhouette_term(heatmaps: Tensor, classes: Tensor, person: Tensor) -> Tensor:
    """Largest cells; 21 channels of 256 x 256 to a soft index of the class; cross-entropy."""
    at = heatmaps.flatten(2).argmax(dim=2)
    torch.stack([at % heatmaps.shape[-1], at // heatmaps.shape[-1]], dim=2).float()
    numbers = torch.arange(classes.shape[1], device=classes.device).view(1, -1, 1, 1)
    index = (fn.softmax(65000 * classes, dim=1) * numbers).sum(1)
    return fn.cross_entropy(index, person)


def follow(teacher: nn.Module, student: nn.Module, decay: float = 0.999) -> None:
    """One tensor after the other, each through a new one."""
    for ours, theirs in zip(teacher.parameters(), student.parameters(), strict=True):
        ours.data = decay * ours.data + (1 - decay) * theirs.data


def accuracy(heatmaps: Tensor, targets: Tensor) -> float:
    """The training batch's PCK, from maps that are copied to the host."""
    found, wanted = (_largest(maps.detach().cpu().numpy()) for maps in (heatmaps, targets))
    hits, count = 0, 0
    for b in range(found.shape[0]):
        for k in range(found.shape[1]):
            if wanted[b, k, 0] > 1 and wanted[b, k, 1] > 1:
                hits += math.dist(found[b, k] / 6.4, wanted[b, k] / 6.4) < 0.5
                count += 1
    return hits / max(count, 1)


def _largest(maps: NDArray[np.float32]) -> NDArray[np.float64]:
    at = maps.reshape(*maps.shape[:2], -1).argmax(axis=2)
    return np.stack([at % maps.shape[3], at // maps.shape[3]], axis=2).astype(float)


def _paste(target: NDArray[np.float32], column: int, row: int) -> None:
    size = len(target)
    if not (0 <= column < size and 0 <= row < size):
        return
    left, right = max(0, REACH - column), min(size, column + REACH + 1) - column + REACH
    top, bottom = max(0, REACH - row), min(size, row + REACH + 1) - row + REACH
    target[
        max(0, row - REACH) : min(size, row + REACH + 1),
        max(0, column - REACH) : min(size, column + REACH + 1),
    ] = _patch()[top:bottom, left:right]


def _patch() -> NDArray[np.float32]:
    steps = np.arange(2 * REACH + 1, dtype=np.float32)
    return np.exp(-((steps - REACH) ** 2 + (steps[:, None] - REACH) ** 2) / (2 * SIGMA**2))
