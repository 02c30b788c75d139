"""The authors' formulas, evaluated one number at a time as METHOD.md 1.2 writes them down."""

import math

import numpy as np
from numpy.typing import NDArray

Maps = NDArray[np.float64]

SIGMA = 2
REACH = 3 * SIGMA


def gaussian(column: int, row: int, size: int) -> Maps:
    drawn = np.zeros((size, size))
    for j in range(max(0, row - REACH), min(size, row + REACH + 1)):
        for i in range(max(0, column - REACH), min(size, column + REACH + 1)):
            drawn[j, i] = math.exp(-((i - column) ** 2 + (j - row) ** 2) / (2 * SIGMA**2))
    return drawn


def rectified(heatmaps: Maps) -> Maps:
    """A fresh Gaussian at the integer argmax of every map (B, K, h, h)."""
    drawn = np.zeros_like(heatmaps)
    for b, k in np.ndindex(*heatmaps.shape[:2]):
        row, column = np.unravel_index(heatmaps[b, k].argmax(), heatmaps[b, k].shape)
        drawn[b, k] = gaussian(int(column), int(row), heatmaps.shape[-1])
    return drawn


def confidence_mask(peaks: Maps, ratio: float) -> Maps:
    """1 for peaks above the floor(ratio * B * K)-th smallest of the whole batch."""
    smallest = sorted(peaks.ravel())[int(ratio * peaks.size) - 1]
    return (peaks > smallest).astype(float)


def supervision(predicted: Maps, wanted: Maps, weights: Maps) -> float:
    total = 0.0
    for b, k, j, i in np.ndindex(*predicted.shape):
        total += 0.5 * weights[b, k] * (wanted[b, k, j, i] - predicted[b, k, j, i]) ** 2
    return total / predicted.size


def consistency(student: Maps, pseudo: Maps, mask: Maps) -> float:
    batch, keypoints, height, width = student.shape
    total = 0.0
    for b, j, i in np.ndindex(batch, height, width):
        for k in range(keypoints):
            total += (mask[b, k] * (student[b, k, j, i] - pseudo[b, k, j, i])) ** 2 / keypoints
    return total / (batch * height * width)


def bone(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    x, y = end[0] - start[0], end[1] - start[1]
    return x / math.hypot(x, y), y / math.hypot(x, y)


# The two ends of each bone in the 16 keypoints' array order (METHOD 1.6).
BONES = (
    (8, 9), (2, 8), (3, 8), (12, 8), (13, 8), (1, 2), (0, 1),
    (4, 3), (5, 4), (11, 12), (10, 11), (14, 13), (15, 14),
)  # fmt: skip
