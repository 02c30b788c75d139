"""How unlikely a pose is, and how badly it explains the infant's silhouette."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as fn

from core.training.objectives.bone_vectors import bone_vectors


def prior_loss(
    points: Tensor,
    prior: Callable[[Tensor], Tensor],
    weights: Tensor | None = None,
    known: Tensor | None = None,
) -> Tensor:
    """Mean distance of poses from those of infants, a number.

        L_p = mean over b of w_b f(bones(points_b))   (METHOD 1.2)

    A sample whose distance is not finite counts as 0, and alone.

    Args:
        points: the 16 keypoints in the frame that the prior knows, the plain view; (B, 16, 2).
        prior: f, from unit bone vectors (B, 13, 2), zeros for unknown bones, to distances (B,) or
            (B, 1); frozen.
        weights: w, (B,).
        known: keypoints that may be judged, (B, 16) bool; all that are finite where left out.
    """
    distances = prior(bone_vectors(points, known)).float().flatten()
    return _mean_of_known(distances, torch.isfinite(distances), weights)


@dataclass(frozen=True)
class MaskBand:
    """Between these probabilities nobody knows whether a pixel shows the infant."""

    background: float = 0.2
    infant: float = 0.8


@dataclass(frozen=True, eq=False)
class SeenInfant:
    """What is known of the visible silhouette, in the plain view.

    probability (B, 1, h, w) in [0, 1], NaN where nothing is known; is_occluded (B, 1, h, w) bool
    where something is known to lie before the infant, or None.
    """

    probability: Tensor
    is_occluded: Tensor | None = None


def visibility_loss(
    area: Tensor, seen: SeenInfant, band: MaskBand, weights: Tensor | None = None
) -> Tensor:
    """Disagreement of the pose's area with the infant that is seen, a number.

        L_v = mean over b of w_b (sum of c_byx BCE(A_byx, m_byx)) / (sum of c_byx)

    A is the full silhouette that the pose would fill, m is 1 where the infant is seen. Charged
    (c = 1) are only pixels of the infant, and pixels that are surely background; the band between
    and what an occluder hides are free, because the full silhouette goes on under an occluder.

    Args:
        area: logits of A, (B, 1, h, w), of the keypoints in the plain view.
        seen: the infant's visible silhouette at the same size.
        band: from where on a pixel is sure.
        weights: w, (B,).
    """
    is_infant = seen.probability >= band.infant
    is_charged = is_infant | (seen.probability <= band.background)
    if seen.is_occluded is not None:
        is_charged = is_charged & ~seen.is_occluded
    finite, is_whole = _finite_samples(area)
    losses = fn.binary_cross_entropy_with_logits(
        finite.float(), is_infant.float(), reduction="none"
    )
    charged = is_charged.float()
    share = (losses * charged).sum(dim=(1, 2, 3)) / charged.sum(dim=(1, 2, 3)).clamp_min(1)
    return _mean_of_known(share, is_whole, weights)


def _finite_samples(values: Tensor) -> tuple[Tensor, Tensor]:
    """Values (B, ...) with zeros for what is not finite, and which samples were whole (B,)."""
    is_finite = torch.isfinite(values)
    return torch.where(is_finite, values, 0.0), is_finite.flatten(1).all(dim=1)


def _mean_of_known(losses: Tensor, is_known: Tensor, weights: Tensor | None) -> Tensor:
    weighted = losses if weights is None else losses * weights
    return torch.where(is_known & torch.isfinite(weighted), weighted, 0.0).mean()
