"""Checksums that tell a damaged row from a true one; SQLite itself keeps none."""

import zlib
from collections.abc import Sequence
from typing import Any


class Damaged(Exception):
    """What a row holds is not what was written; `Database` turns it into BadStudy."""


def checksum(values: Sequence[object]) -> int:
    """CRC-32 of a row's values (int, float, str, bytes, None); the same on every platform."""
    return zlib.crc32(ascii(tuple(values)).encode("ascii"))


def checked(row: Sequence[Any], what: str) -> tuple[Any, ...]:
    """The values of a row that ends in its checksum; raises Damaged if they do not fit it.

    A row that fits was written by us, so its values have the types of its columns.
    """
    *values, stored = row
    if checksum(values) != stored:
        raise Damaged(f"{what} does not fit its checksum")
    return tuple(values)


def blob_checksum(content: bytes, place: Sequence[object]) -> int:
    """CRC-32 of a BLOB and of where it belongs, so that it cannot pass for another."""
    return zlib.crc32(content, checksum(place))


def checked_blob(content: object, stored: object, place: Sequence[object]) -> bytes:
    """A BLOB that fits its `blob_checksum`; raises Damaged."""
    if not isinstance(content, bytes) or blob_checksum(content, place) != stored:
        raise Damaged("a prediction or a picture does not fit its checksum")
    return content
