"""Tell short memory from other faults, alone and among many processes."""

import torch


class ShortTogether(MemoryError):
    """Memory ran out in at least one process, and all have given up the same step."""


def is_memory_short(error: Exception) -> bool:
    """Whether an error of torch means that memory ran out; on CPUs it is told by its text alone."""
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "not enough memory" in str(
        error
    )
