"""Read a table of numbers from a MATLAB file of versions 5 to 7.2.

Of the format (MathWorks, "MAT-File Format", level 5) only numeric arrays are understood: that is
all that is needed, and large libraries end the process where such a file is damaged.
"""

import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput

_NUMBERS = {
    1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8",
}  # fmt: skip
_MATRIX, _COMPRESSED = 14, 15
_HEADER, _VERSION = 128, 0x0100
_LARGEST = 1 << 28  # bytes of one array; more is taken for an attack

_Element = tuple[int, bytes]  # kind, content


def read_matlab_array(path: Path, name: str) -> NDArray[np.float64]:
    """The array of this name, in MATLAB's own order of axes.

    Raises:
        BadInput: missing, another format, cut short, or without such an array.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        return _named_array(content, name.encode())
    except (struct.error, zlib.error, ValueError) as error:
        reason = " ".join(str(error).split())
        raise BadInput(f"{path}: not a MATLAB file with an array {name!r} ({reason}).") from error


def _named_array(content: bytes, name: bytes) -> NDArray[np.float64]:
    order = {b"IM": "<", b"MI": ">"}.get(content[_HEADER - 2 : _HEADER])
    if order is None or struct.unpack_from(f"{order}H", content, _HEADER - 4)[0] != _VERSION:
        raise ValueError("it is not of version 5 to 7.2")
    for kind, data in _unpacked(content[_HEADER:], order):
        if kind == _MATRIX:
            _flags, shape, label, values = islice(_elements(data, order), 4)
            if label[1] == name:
                return _array(shape, values, order)
    raise ValueError("it has none")


def _unpacked(content: bytes, order: str) -> Iterator[_Element]:
    for kind, data in _elements(content, order):
        if kind == _COMPRESSED:
            yield from _elements(_decompressed(data), order)
        else:
            yield kind, data


def _elements(content: bytes, order: str) -> Iterator[_Element]:
    """One after the other; the content of a small one (up to 4 bytes) stands in its own head."""
    at = 0
    while at < len(content):
        kind, size = struct.unpack_from(f"{order}II", content, at)
        start = at + 8
        if kind >> 16:
            kind, size, start = kind & 0xFFFF, kind >> 16, at + 4
        if start + size > len(content):
            raise ValueError("it is cut short")
        yield kind, content[start : start + size]
        is_padded = kind != _COMPRESSED
        at = start + size + (-(start + size) % 8 if is_padded else 0)


def _decompressed(data: bytes) -> bytes:
    stream = zlib.decompressobj()
    content = stream.decompress(data, _LARGEST)
    if not stream.eof:
        raise ValueError("it is cut short, or too large")
    return content


def _array(shape: _Element, values: _Element, order: str) -> NDArray[np.float64]:
    kind, data = values
    if kind not in _NUMBERS:
        raise ValueError("it holds no numbers")
    numbers = np.frombuffer(data, order + _NUMBERS[kind])
    axes = np.frombuffer(shape[1], f"{order}i4")
    return numbers.reshape(axes, order="F").astype(np.float64)
