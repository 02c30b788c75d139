"""Let a process keep the memory that it frees, so that each step need not ask for it anew."""

import ctypes

# malloc.h of glibc
_TRIM_THRESHOLD, _MMAP_MAX = -1, -4
_NEVER = 2**31 - 1


def keep_freed_memory() -> bool:
    """Call it once, before training on the CPU; says whether the C library could be told.

    By default glibc gives large tensors back to the kernel, which clears every page before it
    hands it out again: a third of the processor's time in a training step. The process then stays
    as large as it once was. Other C libraries are left as they are.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return all([mallopt(_MMAP_MAX, 0), mallopt(_TRIM_THRESHOLD, _NEVER)])
