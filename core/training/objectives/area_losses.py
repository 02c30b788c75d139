"""How far a map of logits is from the area (B, 1, h, w) that it should show, in [0, 1]."""

from torch import Tensor
from torch.nn import functional as fn


def cross_entropy_loss(logits: Tensor, area: Tensor, is_known: Tensor) -> Tensor:
    """Mean over the known pixels of -(a log s(l) + (1 - a) log(1 - s(l)))."""
    losses = fn.binary_cross_entropy_with_logits(logits, area, reduction="none")
    return (losses * is_known).sum() / is_known.sum().clamp_min(1)


def dice_loss(logits: Tensor, area: Tensor, is_known: Tensor) -> Tensor:
    """Mean over the samples of 1 - 2 sum(p a) / (sum p + sum a), over the known pixels."""
    probability = logits.sigmoid() * is_known
    target = area * is_known
    both = (probability * target).sum(dim=(1, 2, 3))
    each = (probability + target).sum(dim=(1, 2, 3))
    return (1 - (2 * both + 1) / (each + 1)).mean()
