"""Read the authors' `.npy` files, which hold pickled dictionaries, without running what they say.

A pickle can call any function. Here it may only put together plain containers, numbers and numpy
arrays of plain types; a type that describes itself (fields, sizes, subclasses) is refused, because
numpy trusts such a description.
"""

import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from tokenize import TokenError
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy

from core.errors import BadInput

_PLAIN_TYPES = {"b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "O8", "O"}
_BUILDERS = {
    ("numpy", "ndarray"),
    *(
        (f"numpy.{core}.{module}", name)
        for core in ("core", "_core")
        for module, name in (
            ("multiarray", "_reconstruct"),
            ("multiarray", "scalar"),
            ("numeric", "_frombuffer"),
        )
    ),
}
_DAMAGE = (
    pickle.UnpicklingError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ImportError,
    EOFError,
    OverflowError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TokenError,
    struct.error,
)
"""What unpickling is known to raise on files that are not what they say."""


def read_saved_dictionary(path: Path) -> dict[Any, Any]:
    """The dictionary that `numpy.save(path, dictionary)` wrote.

    Raises:
        BadInput: missing, not such a file, or one that wants to run code.
    """
    try:
        with path.open("rb") as file:
            return _dictionary(file)
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}).") from error
    except _DAMAGE as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise BadInput(f"{path}: not an annotation file of the authors ({reason}).") from error


class _Unpickler(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> Callable[..., Any]:
        """Only what builds plain arrays."""
        if (module_name, global_name) == ("numpy", "dtype"):
            return _plain_type
        if (module_name, global_name) in _BUILDERS:
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"it asks for {module_name}.{global_name}")


def _plain_type(code: str, *_: object) -> np.dtype[Any]:
    """The built-in type itself, never a copy: its description cannot be changed afterwards."""
    if code not in _PLAIN_TYPES:
        raise pickle.UnpicklingError(f"it holds arrays of type {code!r}")
    return np.dtype(code)


def _dictionary(file: BinaryIO) -> dict[Any, Any]:
    version = npy.read_magic(file)
    read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read_header(file)
    if shape != () or not dtype.hasobject:
        raise ValueError("it holds a plain array")
    content = _Unpickler(file, encoding="latin1").load()
    if isinstance(content, np.ndarray):
        content = content.item()
    if not isinstance(content, dict):
        raise ValueError("it holds no dictionary")
    return content
