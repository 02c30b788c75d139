"""Keep geometry and losses exact inside an autocast region."""

import torch
from torch import Tensor


def full_precision(like: Tensor) -> torch.autocast:
    """A context in which products keep the precision of their inputs, on the device of `like`.

    Autocast would round matrix products and convolutions to 8 bits: a place in a 256 pixel view
    would be off by a whole pixel.
    """
    return torch.autocast(like.device.type, enabled=False)
