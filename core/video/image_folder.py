"""A folder of images, or a single image, as a recording: each image is a frame, in name order.

Images have no clock, so they are taken as one a second. Each keeps its own size; its EXIF
orientation is applied.
"""

import struct
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from core.errors import BadVideo
from core.video.file_check import MAX_PIXELS, check_file, too_large
from core.video.frame import Frame, VideoInfo
from core.video.recording_kinds import image_files

_TURNED_SIDEWAYS = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112

_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    IndexError,
    KeyError,
    struct.error,
)
"""What Pillow's readers are known to raise on files that are not what they say."""


class ImageFolder:
    """A `VideoSource` over image files.

    Raises:
        BadVideo: no image in the folder, or one that cannot be read (its name is given).
    """

    def __init__(self, path: Path) -> None:
        self._files = image_files_of(path)
        sizes = np.array([displayed_size(file) for file in self._files])
        self.info = VideoInfo(
            path=path,
            width=int(sizes[:, 0].max()),
            height=int(sizes[:, 1].max()),
            times=np.arange(len(self._files), dtype=np.float64),
            variable_rate=False,
            codec="images",
            file_names=tuple(file.name for file in self._files),
        )

    def read(self, index: int) -> Frame:
        """The image with this number; raises BadVideo if it is damaged, IndexError if not there."""
        if not 0 <= index < len(self._files):
            raise IndexError(index)
        return Frame(index, float(index), read_image(self._files[index]))

    def frames(self, start: int = 0, stop: int | None = None) -> Iterator[Frame]:
        """The images from `start` up to but not including `stop`."""
        for index in range(len(self._files))[start:stop]:
            yield self.read(index)

    def close(self) -> None:
        """Nothing is held open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def image_files_of(path: Path) -> list[Path]:
    """The files behind a folder of images or a single image; raises BadVideo if there is none."""
    if not path.is_dir():
        return [path]
    try:
        files = image_files(path)
    except OSError as error:
        raise BadVideo(f"{path}: the folder cannot be read ({error.strerror}).") from error
    if not files:
        raise BadVideo(f"{path}: the folder holds no images; choose one with JPEG or PNG files.")
    return files


def read_image(file: Path) -> NDArray[np.uint8]:
    """The picture as (H, W, 3) uint8 RGB, turned as its EXIF data says; raises BadVideo."""
    with _opened(file) as image:
        upright = ImageOps.exif_transpose(image)
        return np.array(_eight_bit(upright).convert("RGB"))


def displayed_size(file: Path) -> tuple[int, int]:
    """Width and height of the picture that `read_image` gives, from the header alone.

    Raises:
        BadVideo: it is no image.
    """
    with _opened(file) as image:
        width, height = image.size
        sideways = image.getexif().get(_ORIENTATION) in _TURNED_SIDEWAYS
        return (height, width) if sideways else (width, height)


@contextmanager
def _opened(file: Path) -> Generator[Image.Image]:
    check_file(file)
    try:
        with _quiet(), Image.open(file) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadVideo(too_large(file, *image.size))
            yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        limit = MAX_PIXELS // 1_000_000
        raise BadVideo(f"{file}: make it smaller than {limit} million pixels.") from error
    except _DAMAGE as error:
        raise BadVideo(
            f"{file}: is not an image that can be read, or it is damaged; "
            "copy it again or take it out of the folder."
        ) from error


@contextmanager
def _quiet() -> Generator[None]:
    """Sizes that Pillow warns of are errors here; its remarks on odd metadata go nowhere.

    Filters are shared by all threads. If two threads cross here, these may stay: no harm.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _eight_bit(image: Image.Image) -> Image.Image:
    """Images of 16 bits would be clipped by `convert`; keep their upper eight bits."""
    if not image.mode.startswith("I;16"):
        return image
    return Image.fromarray((np.asarray(image, dtype=np.uint16) >> 8).astype(np.uint8))
