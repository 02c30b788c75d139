"""The processor that a training runs on."""

import torch

from core.errors import BadInput


def usable_device(name: str, local_rank: int = 0) -> torch.device:
    """The device of this name; raises BadInput where this machine has none.

    `auto` is a graphics card if there is one, else the processor. A card without a number is the
    one of this process among those of the machine, `local_rank`.
    """
    chosen = name
    if name == "auto":
        chosen = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        device = torch.device(chosen)
        if device.type == "cuda" and device.index is None:
            device = torch.device("cuda", local_rank)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise BadInput(f"--device {name}: this machine has no such device; try cpu.") from error
    return device
