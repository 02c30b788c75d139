"""Leave the first layers of a network as they are."""

from torch import nn


def freeze_first(module: nn.Module, share: float) -> None:
    """The first `share` of the parameter tensors, in the order of the forward pass, stop learning.

    They see edges and textures, which infants share with adults, at the size of the whole picture:
    the first sixth of MoveNet Thunder's tensors are 3 % of its numbers and cost half of the way
    back. Statistics of batch norm go on as before.
    """
    parameters = list(module.parameters())
    for parameter in parameters[: int(share * len(parameters))]:
        parameter.requires_grad_(False)
