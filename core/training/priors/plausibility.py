"""How well a prior tells real poses from disturbed ones, and the plausibility that follows."""

from collections.abc import Callable
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.training.priors.bone_noise import turned_bones

NOISE_DEGREES: Final = (15, 30, 60)  # standard deviations, each bone by itself
_COPIES = 10  # disturbed copies of each clean pose
_NEWTON_STEPS = 50
_RIDGE = 1e-4  # keeps the fit finite where clean and disturbed poses do not overlap

Array = NDArray[np.float64]


def roc_auc(clean: Array, disturbed: Array) -> float:
    """How often a disturbed pose is farther than a clean one; ties count half."""
    ordered = np.sort(clean)
    below = np.searchsorted(ordered, disturbed, "left")
    upto = np.searchsorted(ordered, disturbed, "right")
    return float((below + upto).mean() / (2 * len(clean)))


def disturbed_distances(
    prior: Callable[[Tensor], Tensor], bones: Tensor, seed: int
) -> dict[int, Array]:
    """Distances of disturbed copies of poses (N, 13, 2), by the degrees of the noise."""
    generator = torch.Generator().manual_seed(seed)
    copies = bones.repeat(_COPIES, 1, 1)
    return {
        degrees: distances(prior, turned_bones(copies, degrees, generator))
        for degrees in NOISE_DEGREES
    }


@torch.inference_mode()
def distances(prior: Callable[[Tensor], Tensor], bones: Tensor) -> Array:
    """Distances (N,) of poses (N, 13, 2)."""
    parts = [prior(part).cpu() for part in bones.split(4096)]
    return torch.cat(parts).double().numpy()


def calibration(clean: Array, disturbed: Array) -> tuple[float, float]:
    """The a and b of sigmoid(a - b * distance) that are likeliest for these poses.

    Both kinds count as much in all, so 0.5 means: as likely real as disturbed. Method: Platt's
    logistic regression, fitted by Newton's method.
    """
    values = np.concatenate([clean, disturbed])
    is_clean = np.arange(len(values)) < len(clean)
    weights = np.where(is_clean, 0.5 / len(clean), 0.5 / len(disturbed))
    middle, spread = float(weights @ values), float(values.std()) or 1.0
    design = np.stack([np.ones_like(values), (middle - values) / spread], axis=1)
    found = np.zeros(2)
    for _ in range(_NEWTON_STEPS):
        likely = 1 / (1 + np.exp(-design @ found))
        ascent = design.T @ (weights * (is_clean - likely)) - _RIDGE * found
        curvature = (design * (weights * likely * (1 - likely))[:, None]).T @ design
        found = found + np.linalg.solve(curvature + _RIDGE * np.eye(2), ascent)
    slope = float(max(found[1], 0.0)) / spread
    return float(found[0]) + slope * middle, slope
