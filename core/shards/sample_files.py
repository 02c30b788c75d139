"""A sample as files, and back: `json`, `jpg` or `webp`, `parts.png`, `full.png`, `depth.png`."""

import io
import json
import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydantic import ValidationError

from core.shards.sample import SampleLabels, SyntheticSample
from core.shards.set_request import Encoding, ImageFormat

LABELS: Final = "json"
IMAGES: Final[tuple[ImageFormat, ...]] = ("jpg", "webp")
PARTS, FULL, DEPTH = "parts.png", "full.png", "depth.png"

_WEBP_EFFORT = 4  # of 6; 6 saves 5 % and takes twice the time
_MASK_EFFORT = 6  # of 9; zlib's own default
_DEPTH_EFFORT = 4  # of 9; 6 saves 7 % and takes three times the time
_MILLIMETRES = 1000.0
_DEEPEST = 65535  # millimetres in 16 bits; what lies behind is shown there
_DECIMALS: Final = MappingProxyType(  # what is below is noise of the arithmetic, and costs bytes
    {
        "xy": 3,
        "xyz": 5,
        "months": 3,
        "focal": 4,
        "camera_position": 5,
        "camera_rotation": 8,
        "time_s": 6,
    }
)


def encode(sample: SyntheticSample, encoding: Encoding) -> dict[str, bytes]:
    """The files of a sample by their suffix; the same sample gives the same bytes.

    Raises:
        ValueError: a picture has another size than the labels say, lacks, or a number is not one.
    """
    files = {LABELS: _json(sample.labels), encoding.image: _encoded_image(sample, encoding)}
    if encoding.parts:
        files[PARTS] = _png(_fitting(sample.parts, sample.labels), _MASK_EFFORT)
    if encoding.full:
        files[FULL] = _png(_fitting(sample.full, sample.labels), _MASK_EFFORT)
    if encoding.depth:
        depth = _fitting(sample.depth, sample.labels)
        files[DEPTH] = _png(_millimetres(depth), _DEPTH_EFFORT)
    return files


def decode(files: Mapping[str, bytes]) -> SyntheticSample:
    """The sample that `encode` turned into files; a picture that is not among them is None.

    Raises:
        ValueError: a file is damaged, or its size is another than the labels'.
    """
    labels = decode_labels(files[LABELS])
    image = next(files[suffix] for suffix in IMAGES if suffix in files)
    depth = _optional(files, DEPTH, labels)
    return SyntheticSample(
        labels=labels,
        image=_pixels(image, labels, "RGB"),
        parts=_optional(files, PARTS, labels),
        full=_optional(files, FULL, labels),
        depth=None if depth is None else _metres(depth),
    )


def decode_labels(content: bytes) -> SampleLabels:
    """The labels of a sample; raises ValueError."""
    try:
        return SampleLabels.model_validate_json(content)
    except ValidationError as error:
        raise ValueError("the labels are damaged or of another version") from error


def _json(labels: SampleLabels) -> bytes:
    values = labels.model_dump()
    for name, decimals in _DECIMALS.items():
        values[name] = np.round(np.asarray(values[name], np.float64), decimals).tolist()
    return json.dumps(values, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _encoded_image(sample: SyntheticSample, encoding: Encoding) -> bytes:
    picture = Image.fromarray(_fitting(sample.image, sample.labels))
    content = io.BytesIO()
    if encoding.image == "webp":
        picture.save(content, "WEBP", quality=encoding.quality, method=_WEBP_EFFORT)
    else:
        picture.save(content, "JPEG", quality=encoding.quality)
    return content.getvalue()


def _png(pixels: NDArray[Any], effort: int) -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG", compress_level=effort)
    return content.getvalue()


def _fitting(pixels: NDArray[Any] | None, labels: SampleLabels) -> NDArray[Any]:
    if pixels is None or pixels.shape[:2] != (labels.height, labels.width):
        found = "missing" if pixels is None else f"{pixels.shape[1]}x{pixels.shape[0]}"
        raise ValueError(f"a picture is {found}, its labels say {labels.width}x{labels.height}")
    return pixels


def _millimetres(depth: NDArray[np.float32]) -> NDArray[np.uint16]:
    there = np.isfinite(depth)
    steps = np.clip(np.rint(np.where(there, depth, 0.0) * _MILLIMETRES), 1, _DEEPEST)
    return np.where(there, steps, 0).astype(np.uint16)


def _metres(steps: NDArray[np.uint16]) -> NDArray[np.float32]:
    return np.where(steps > 0, steps / _MILLIMETRES, np.inf).astype(np.float32)


def _optional(files: Mapping[str, bytes], suffix: str, labels: SampleLabels) -> NDArray[Any] | None:
    return _pixels(files[suffix], labels) if suffix in files else None


def _pixels(content: bytes, labels: SampleLabels, mode: str | None = None) -> NDArray[Any]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            pixels = np.asarray(picture.convert(mode) if mode else picture)
    except (OSError, SyntaxError, zlib.error, Image.DecompressionBombError) as error:
        raise ValueError(f"a picture is damaged ({error})") from error
    return _fitting(pixels, labels)
