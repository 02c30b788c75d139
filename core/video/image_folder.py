"""A folder of images, or a single image, as a recording: each image is a frame, in natural order.

Images have no clock, so they are taken as one a second. Each keeps its own size; its EXIF
orientation is applied.
"""

import struct
import warnings
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.Image import Transpose
from PIL.TiffImagePlugin import TiffImageFile

from core.errors import BadVideo
from core.progress import Progress
from core.video.file_check import MAX_PIXELS, check_file, refuse_photograph, too_large
from core.video.frame import Frame, VideoInfo
from core.video.packet_table import OnProgress
from core.video.recording_kinds import image_files

_ORIENTATION = 0x0112
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset(_TURNS[orientation] for orientation in (5, 6, 7, 8))

_MOST_TOLD = 5  # a warning for each image of a large folder would bury the others

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

    One of several that cannot be read is a black frame that is not intact, so that every other
    keeps its number; `info.warnings` name those of which that shows at opening.

    Raises:
        BadVideo: no image in the folder, or none that can be read.
    """

    def __init__(self, path: Path, on_progress: OnProgress | None = None) -> None:
        self._files = image_files_of(path)
        self._sizes, problems = _measured(self._files, on_progress)
        if not self._sizes:
            raise _none_readable(path, problems)
        self.info = VideoInfo(
            path=path,
            width=max(width for width, _ in self._sizes.values()),
            height=max(height for _, height in self._sizes.values()),
            times=np.arange(len(self._files), dtype=np.float64),
            variable_rate=False,
            codec="images",
            warnings=_told(problems),
            file_names=tuple(file.name for file in self._files),
        )

    def read(self, index: int) -> Frame:
        """The image with this number, black if it is one of several and damaged.

        Raises:
            BadVideo: the only image is damaged, or the file is gone.
            IndexError: there was no such image.
        """
        if not 0 <= index < len(self._files):
            raise IndexError(index)
        file = self._files[index]
        try:
            return Frame(index, float(index), read_image(file))
        except BadVideo:
            if len(self._files) == 1 or _is_gone(file):
                raise
        width, height = self._sizes.get(index, (self.info.width, self.info.height))
        return Frame(index, float(index), np.zeros((height, width, 3), np.uint8), intact=False)

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


def first_image(path: Path) -> Frame:
    """The first image that can be read; raises BadVideo if there is none."""
    problems: list[BadVideo] = []
    for index, file in enumerate(image_files_of(path)):
        try:
            return Frame(index, float(index), read_image(file))
        except BadVideo as error:
            problems.append(error)
    raise _none_readable(path, problems)


def read_image(file: Path) -> NDArray[np.uint8]:
    """The picture as (H, W, 3) uint8 RGB, turned as its EXIF data says; raises BadVideo."""
    with _opened(file) as image:
        turn = _turn(image)
        picture = _eight_bit(image)
        upright = picture if turn is None else picture.transpose(turn)
        return np.array(upright.convert("RGB"))


def displayed_size(file: Path) -> tuple[int, int]:
    """Width and height of the picture that `read_image` gives, from the header alone.

    Raises:
        BadVideo: it is no image.
    """
    with _opened(file) as image:
        width, height = image.size
        return (height, width) if _turn(image) in _SIDEWAYS else (width, height)


def _turn(image: Image.Image) -> Transpose | None:
    """How to turn the picture, by what its file says ahead of the pixels.

    For PNG Pillow would decode the pixels to see what stands behind them: a folder of hundreds
    takes minutes so. A TIFF is turned by Pillow itself, which gives its size as turned.
    """
    if isinstance(image, TiffImageFile):
        return None
    return _TURNS.get(Image.Image.getexif(image).get(_ORIENTATION, 1))


def _measured(
    files: Sequence[Path], on_progress: OnProgress | None
) -> tuple[dict[int, tuple[int, int]], list[BadVideo]]:
    """Width and height of each image that can be read, by its number; what is wrong with others."""
    sizes: dict[int, tuple[int, int]] = {}
    problems: list[BadVideo] = []
    for number, file in enumerate(files):
        if on_progress is not None:
            on_progress(Progress(number, len(files), "reading"))
        try:
            sizes[number] = displayed_size(file)
        except BadVideo as error:
            if _is_gone(file):
                raise
            problems.append(error)
    return sizes, problems


def _is_gone(file: Path) -> bool:
    """Whether the file went away, as all do with their drive: not damage of this one."""
    try:
        return not file.exists()
    except OSError:  # a drive that was pulled out may also answer so
        return True


def _none_readable(path: Path, problems: Sequence[BadVideo]) -> BadVideo:
    if len(problems) == 1:
        return problems[0]
    return BadVideo(f"{path}: none of its {len(problems)} images can be read; copy them again.")


def _told(problems: Sequence[BadVideo]) -> tuple[str, ...]:
    told = tuple(str(problem) for problem in problems[:_MOST_TOLD])
    more = len(problems) - len(told)
    return (*told, f"Images that cannot be read beside these: {more}.") if more else told


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
        refuse_photograph(file)  # telephones also give them the names of others
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
