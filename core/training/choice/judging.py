"""What the frozen judges say of poses: plausible ones of infants, and inside the silhouette."""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.networks.pose_prior import PosePrior
from core.training.data.canvas import UNKNOWN
from core.training.objectives.bone_vectors import bone_vectors
from core.training.objectives.pose_losses import MaskBand
from core.training.views.view_maps import plain_maps
from core.training.views.warp import warp

_SIDE = 256.0  # pixels of a view: what is shorter than a tenth of one has no direction
_STEPS = 200.0  # of a canvas's mask
_AT_ONCE = 32


@torch.no_grad()
def mean_plausibility(
    places: Tensor, is_known: Tensor, prior: Callable[[Tensor], Tensor], device: torch.device
) -> float:
    """Mean plausibility in [0, 1] of poses (N, 16, 2), of which keypoints (16,) are known.

    A prior of ours is calibrated; of the authors' the plausibility is exp(-distance), which
    orders poses and promises no more.
    """
    bones = bone_vectors(places * _SIDE, is_known.expand(len(places), -1)).to(device)
    judged = prior.plausibility if isinstance(prior, PosePrior) else _by_distance(prior)
    return float(torch.cat([judged(part) for part in bones.split(_AT_ONCE)]).double().mean())


@torch.no_grad()
def silhouette_overlap(
    places: Tensor,
    infant: NDArray[np.uint8],
    area: Callable[[Tensor], Tensor],
    device: torch.device,
) -> float | None:
    """Mean intersection over union of a pose's area with the infant's mask, where both are sure.

    Pixels of which the mask is not sure count nowhere. The mask is what is seen of the infant, so
    an occluder costs every candidate the same. None where no canvas has a mask.

    Args:
        places: (N, 16, 2) in shares of the plain view's side.
        infant: the canvases' masks (N, C, C) in steps of 1/200, or UNKNOWN.
        area: keypoints -1 to 1 across the view -> logits (B, 1, h, h).
        device: where `area` works.
    """
    has_mask = np.flatnonzero((infant != UNKNOWN).any(axis=(1, 2)))
    found = [
        _overlaps(places[at], np.array(infant[at]), area, device)
        for at in np.split(has_mask, range(_AT_ONCE, len(has_mask), _AT_ONCE))
        if len(at)
    ]
    return float(torch.cat(found).double().mean()) if found else None


def _overlaps(
    places: Tensor,
    infant: NDArray[np.uint8],
    area: Callable[[Tensor], Tensor],
    device: torch.device,
) -> Tensor:
    filled = area((2 * places - 1).to(device)).cpu() > 0
    size = filled.shape[-1]
    masks = torch.from_numpy(infant).unsqueeze(1)
    probability = torch.where(masks == UNKNOWN, torch.nan, masks.float() / _STEPS)
    seen = warp(probability, plain_maps(masks, infant.shape[-1], size), size)
    band = MaskBand()
    is_infant, is_background = seen >= band.infant, seen <= band.background
    both = (filled & is_infant).sum(dim=(1, 2, 3))
    either = is_infant | (filled & is_background)
    return both / either.sum(dim=(1, 2, 3)).clamp_min(1)


def _by_distance(prior: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    return lambda bones: torch.exp(-prior(bones).flatten())
