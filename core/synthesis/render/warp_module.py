"""The one Warp module of all kernels, so that they are compiled in one go, and how to join it.

In kernels `float` and `int` have 32 bits, and a number that changes in a loop must be made by
`wp.float32` or `wp.int32`: Warp takes a plain one for a constant.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
import warp as wp

_NAME = "core.synthesis.render"
_Function = TypeVar("_Function", bound=Callable[..., Any])
_Class = TypeVar("_Class")

# Fast arithmetic makes rays a third cheaper on a CPU; the rest is Warp's own setting.
_FLAGS = "-march=native -ffast-math -Wno-nan-infinity-disabled -mllvm=-inline-threshold=9000"
wp.set_module_options(
    {"enable_backward": False, "cpu_compiler_flags": _FLAGS}, module=wp.get_module(_NAME)
)


def kernel(function: Callable[..., None]) -> wp.Kernel:
    """Make a kernel that `wp.launch` runs."""
    return cast(wp.Kernel, wp.kernel(function, module=_NAME))


def func(function: _Function) -> _Function:
    """Make a function that kernels call."""
    return cast(_Function, wp.func(module=_NAME)(function))


def struct(cls: type[_Class]) -> type[_Class]:
    """Make a record that kernels read; to the type checker it stays the class that it is."""
    return cast(type[_Class], wp.struct(cls))


def numpy_type(cls: type) -> np.dtype:
    """The NumPy record type of a `struct`."""
    return cast(Any, cls).numpy_dtype()


def empty(count: int, kind: type, device: str) -> wp.array:
    """A device array whose values a kernel will set."""
    return wp.empty(count, dtype=cast(Any, kind), device=device)
