"""Numbers and words as columns of characters, so that millions of table cells format fast.

A field is a uint8 array whose last axis holds the characters of one cell. Cells differ in length:
unused places hold BLANK, which `join_rows` leaves out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BLANK = 0
Field = NDArray[np.uint8]


def decimals(values: NDArray[np.floating], places: int) -> Field:
    """Numbers (...) with a fixed count of decimal places; NaN gives an empty cell.

    Rounds like Python's `f"{value:.{places}f}"` for float32 values, as float64 holds the scaled
    value exactly; a value that rounds to zero has no sign.
    """
    missing = np.isnan(values)
    exact = np.where(missing, 0.0, values.astype(np.float64))
    scaled = np.rint(exact * 10.0**places).astype(np.int64)
    digits = integers(np.abs(scaled), least_digits=places + 1)
    shape = scaled.shape
    sign = np.where(scaled < 0, ord("-"), BLANK).astype(np.uint8)[..., None]
    point = np.full((*shape, 1), ord("."), np.uint8)
    field = np.concatenate([sign, digits[..., :-places], point, digits[..., -places:]], axis=-1)
    field[missing] = BLANK
    return field


def integers(values: NDArray[np.integer], *, least_digits: int = 1) -> Field:
    """Numbers (...) from 0 upward, with leading zeros up to `least_digits`."""
    width = max(len(str(int(values.max(initial=0)))), least_digits)
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    rest = values[..., None]
    field = (rest // powers % 10 + ord("0")).astype(np.uint8)
    field[(rest < powers) & (powers >= 10**least_digits)] = BLANK
    return field


def words(texts: Sequence[str]) -> Field:
    """A table (N, width) of cells, for picking rows from; quoted where CSV asks for it."""
    return _padded([_quoted(text).encode("utf-8", "backslashreplace") for text in texts])


def join_rows(fields: Sequence[Field], separators: bytes) -> bytes:
    """One line for each row: fields (N, width) with a separator byte behind each."""
    rows = len(fields[0])
    parts: list[Field] = []
    for field, separator in zip(fields, separators, strict=True):
        parts += [field, np.full((rows, 1), separator, np.uint8)]
    text = np.concatenate(parts, axis=1)
    return text[text != BLANK].tobytes()


def _padded(cells: Sequence[bytes]) -> Field:
    width = max(map(len, cells), default=0)
    joined = b"".join(cell.ljust(width, b"\0") for cell in cells)
    return np.frombuffer(joined, np.uint8).reshape(len(cells), width)


def _quoted(text: str) -> str:
    if any(character in text for character in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
