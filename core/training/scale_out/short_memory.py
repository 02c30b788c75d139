"""Tell short memory from other faults, alone and among many processes."""

import torch

from core.short_memory import says_memory_is_short


class ShortTogether(MemoryError):
    """Memory ran out in at least one process, and all have given up the same step."""


def is_memory_short(error: Exception) -> bool:
    """Whether an error of torch means that memory ran out; on CPUs it is told by its text alone."""
    is_named = isinstance(error, MemoryError | torch.OutOfMemoryError)
    return is_named or (isinstance(error, RuntimeError) and says_memory_is_short(str(error)))
