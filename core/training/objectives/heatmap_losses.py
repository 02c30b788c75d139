"""How far a network's heat-maps are from what they should be: by labels, or by the teacher."""

from typing import Literal

from torch import Tensor
from torch.nn import functional as fn

from core.errors import BadInput
from core.models.architecture import Architecture
from core.training.full_precision import full_precision
from core.training.objectives.gaussian_targets import Targets

LabelLoss = Literal["squared", "entropy"]

_SURE = 1e-6  # of a map's numbers; their logarithms stay finite
_ENTROPY_SCALE = 0.1  # its gradients are then about as long as those of squared errors


def supervision_loss(heatmaps: Tensor, targets: Targets) -> Tensor:
    """Loss of labelled samples, a number.

        L_sup = mean over b, k, y, x of 1/2 w_bk (H - T)^2   (METHOD 1.2)

    Keypoints of weight 0 still count in the mean, as with the authors.
    """
    errors = fn.mse_loss(heatmaps.float(), targets.heatmaps, reduction="none")
    return (0.5 * targets.weights * errors.mean(dim=(2, 3))).mean()


def entropy_loss(heatmaps: Tensor, targets: Targets) -> Tensor:
    """Loss of labelled samples by cross-entropy, less that of a perfect map; a number.

        0.1 mean over b, k, y, x of w_bk (T ln(T / H) + (1 - T) ln((1 - T) / (1 - H)))

    For maps in [0, 1]. Its gradient in the logits is H - T: a map that is sure and wrong is still
    put right, where squared errors behind a sigmoid have nothing left.
    """
    p, t = (maps.float().clamp(_SURE, 1 - _SURE) for maps in (heatmaps, targets.heatmaps))
    divergence = t * (t / p).log() + (1 - t) * ((1 - t) / (1 - p)).log()
    return _ENTROPY_SCALE * (targets.weights * divergence.mean(dim=(2, 3))).mean()


def require_fitting_loss(kind: LabelLoss, architecture: Architecture) -> None:
    """Raise BadInput for a loss of chances where a network's maps are none."""
    if kind == "entropy" and architecture != "movenet_thunder":
        raise BadInput(
            f"label_loss = entropy: the maps of {architecture} are no chances; take squared."
        )


def label_loss(heatmaps: Tensor, targets: Targets, kind: LabelLoss) -> Tensor:
    """The one or the other of the two."""
    return (entropy_loss if kind == "entropy" else supervision_loss)(heatmaps, targets)


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
