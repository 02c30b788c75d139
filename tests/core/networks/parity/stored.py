"""What TensorFlow.js computed for two images; `make_reference.py` wrote it."""

import csv
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

_HERE = Path(__file__).parent


def images() -> Tensor:
    """uint8 RGB (2, 3, 256, 256)."""
    stacked = cv2.cvtColor(cv2.imread(str(_HERE / "images.png")), cv2.COLOR_BGR2RGB)
    return torch.from_numpy(stacked.reshape(2, 256, 256, 3)).permute(0, 3, 1, 2).contiguous()


def upright_keypoints() -> dict[str, str]:
    """Of the second image: `<keypoint>_x`, `_y` in pixels of its frame before it was turned."""
    with (_HERE / "upright_keypoints.csv").open(encoding="ascii") as file:
        return next(csv.DictReader(file))


def reference(name: str) -> tuple[Tensor, Tensor]:
    """Probabilities (2, K, h, h), rounded to 1/65535, and every fifth logit in both directions."""
    with np.load(_HERE / f"{name}.npz") as arrays:
        probabilities = torch.from_numpy(arrays["probabilities"].astype(np.float32) / 65535)
        return probabilities, torch.from_numpy(arrays["some_logits"])
