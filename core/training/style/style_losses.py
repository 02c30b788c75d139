"""How far a rendered picture is from what was wanted, in the encoder's features."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn import functional as fn

from core.networks.style_network import moments

Distance = Callable[[Tensor, Tensor], Tensor]  # of features (B, C, h, w) from others: a number


def style_loss(found: Sequence[Tensor], wanted: Sequence[Tensor], distance: Distance) -> Tensor:
    """The sum of the distances at all levels of features."""
    return torch.stack([distance(*pair) for pair in zip(found, wanted, strict=True)]).sum()


def moment_distance(found: Tensor, wanted: Tensor) -> Tensor:
    """Mean squared difference of means, and of deviations (AdaIN; what UDAPE's training runs)."""
    pairs = zip(moments(found), moments(wanted), strict=True)
    return torch.stack([fn.mse_loss(one, other) for one, other in pairs]).sum()


def gram_distance(found: Tensor, wanted: Tensor) -> Tensor:
    """Mean squared difference of Gram matrices (UDAPE's Style_net.py, METHOD 1.4)."""
    return fn.mse_loss(_gram(found), _gram(wanted))


def _gram(features: Tensor) -> Tensor:
    """Products of channels, over the number of features: (B, C, C)."""
    flat = features.flatten(2)
    return flat @ flat.transpose(1, 2) / features[0].numel()
