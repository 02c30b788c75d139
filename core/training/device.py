"""The processor that a training runs on."""

import torch

from core.errors import BadInput


def usable_device(name: str) -> torch.device:
    """The device of this name; raises BadInput where this machine has none."""
    try:
        device = torch.device(name)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise BadInput(f"--device {name}: this machine has no such device; try cpu.") from error
    return device
