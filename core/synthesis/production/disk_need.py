"""How much disk a set takes, by a rule of thumb that is on the safe side."""

from types import MappingProxyType
from typing import Final

from core.shards.set_request import ImageFormat, SetRequest

_IMAGE_BYTES: Final = MappingProxyType[ImageFormat, float]({"jpg": 0.4, "webp": 0.3})  # per pixel
_DEPTH_BYTES: Final = 0.4  # per pixel
_MASK_BYTES: Final = 0.04  # per pixel
_VIDEO_BYTES: Final = 0.25  # per pixel of a clip's frame
_FIXED_BYTES: Final = 5_000  # labels, headers, tar's blocks
_UNITS: Final = (("TB", 1e12), ("GB", 1e9), ("MB", 1e6))


def bytes_needed(request: SetRequest, pictures: int) -> int:
    """About how many bytes so many pictures of a set take."""
    width, height = request.picture_size
    encoding = request.encoding
    per_pixel = (
        _IMAGE_BYTES[encoding.image]
        + _DEPTH_BYTES * encoding.depth
        + _MASK_BYTES * (encoding.parts + encoding.full)
        + _VIDEO_BYTES * (request.clip is not None)
    )
    return round(pictures * (width * height * per_pixel + _FIXED_BYTES))


def size_in_words(count: float) -> str:
    """A number of bytes for people: 3.1 GB."""
    unit, size = next((one for one in _UNITS if count >= one[1]), _UNITS[-1])
    return f"{count / size:.3g} {unit}" if count / size < 1000 else f"{count / size:,.0f} {unit}"
