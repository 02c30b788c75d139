"""How wide a network's numbers are and how they lie, for speed on this processor (ADR 0010)."""

import torch
from torch import nn


def fastest_dtype(device: str) -> torch.dtype:
    """Half-width floats on a CPU that multiplies them in hardware, else float32.

    A CPU without such instructions would emulate them, slower than float32.
    """
    if device != "cpu":
        return torch.float32
    known = torch.cpu.get_capabilities()
    has_them = known.get("avx512_bf16", False) or known.get("amx_bf16", False)
    return torch.bfloat16 if has_them else torch.float32


def lay_out_channels_last(module: nn.Module) -> None:
    """Put the channels of each pixel beside each other, as oneDNN's fast kernels want them."""
    for parameter in module.parameters():
        if parameter.dim() == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
