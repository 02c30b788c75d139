"""Batch norm over the pictures of all processes."""

import torch
from torch import nn

from core.errors import BadInput


def sync_batch_norm(module: nn.Module) -> nn.Module:
    """The network, each layer of batch norm exchanged in place for one that sees all processes.

    Torch has such layers for graphics cards only, and they make the host wait. Raises BadInput.
    """
    device = next(module.parameters()).device
    if device.type != "cuda":
        raise BadInput(
            "batch_norm_sync = true: several processes share batch norm on graphics cards only; "
            "set it to false."
        )
    return nn.SyncBatchNorm.convert_sync_batchnorm(module)


def running_statistics(module: nn.Module) -> list[torch.Tensor]:
    """What batch norm has gathered of its inputs; each process has gathered its own."""
    return [buffer for buffer in module.buffers() if buffer.is_floating_point()]
