"""How far a network's heat-maps are from what they should be: by labels, or by the teacher."""

from torch import Tensor
from torch.nn import functional as fn

from core.training.full_precision import full_precision
from core.training.objectives.gaussian_targets import Targets


def supervision_loss(heatmaps: Tensor, targets: Targets) -> Tensor:
    """Loss of labelled samples, a number.

        L_sup = mean over b, k, y, x of 1/2 w_bk (H - T)^2   (METHOD 1.2)

    Keypoints of weight 0 still count in the mean, as with the authors.
    """
    errors = fn.mse_loss(heatmaps.float(), targets.heatmaps, reduction="none")
    return (0.5 * targets.weights * errors.mean(dim=(2, 3))).mean()


def consistency_loss(
    heatmaps: Tensor, pseudo: Tensor, weights: Tensor, valid: Tensor | None = None
) -> Tensor:
    """Loss of the student's maps against rectified pseudo-labels, both in one frame; a number.

        L_cons = mean over b, k, y, x of v_byx w_bk (S - R)^2   (METHOD 1.2)

    With v = 1 and w the confidence mask this is the authors' value. Cells outside the student's
    view (`valid` 0) and unsure keypoints count in the mean as free of error.

    Args:
        heatmaps: the student's S, (B, K, h, h).
        pseudo: rectified teacher's maps R, (B, K, h, h).
        weights: w, (B, K).
        valid: v, (B, 1, h, h); everything where left out.
    """
    errors = fn.mse_loss(heatmaps.float(), pseudo, reduction="none")
    if valid is None:
        return (weights * errors.mean(dim=(2, 3))).mean()
    with full_precision(errors):  # as a product: the maps are read once
        sums = (errors.flatten(2) @ valid.flatten(2).mT).squeeze(-1)
    return (weights * sums).mean() / valid[0].numel()
