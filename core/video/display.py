"""Turn decoded pictures into RGB as they are to be seen.

Applied once, here: the rotation flag (quarter turns and mirrors), pixels that are not square (the
picture is stretched, never shrunk, so that angles and limb lengths are true; less than one percent
off square is left alone), colours of 10 bits and more (reduced to 8), and the colour matrix (where
the file names none: BT.709 from 720 lines upward, else BT.601, as players do). Interlaced pictures
stay woven: both fields are in the frame. HDR is not tone-mapped.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, VideoReformatter
from numpy.typing import NDArray

_NEARLY_SQUARE: Final = 0.01
_UNSPECIFIED: Final = 2  # AVCOL_SPC_UNSPECIFIED
_HD_LINES: Final = 720
_STRANGEST_PIXEL: Final = 8


@dataclass(frozen=True)
class Display:
    """How the pictures of one recording are laid out on the screen.

    Attributes:
        width: pixels across after stretching, before turning.
        height: pixels down after stretching, before turning.
        transposed: whether rows become columns.
        mirrored_x: whether left and right are swapped, after transposing.
        mirrored_y: whether top and bottom are swapped, after transposing.
    """

    width: int
    height: int
    transposed: bool = False
    mirrored_x: bool = False
    mirrored_y: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as displayed."""
        return (self.height, self.width) if self.transposed else (self.width, self.height)


def display_of(picture: VideoFrame, pixel_shape: Fraction | None) -> Display:
    """The layout of a recording, from its first picture and the shape (width/height) of a pixel."""
    width, height = _stretched(picture.width, picture.height, pixel_shape)
    side_data = picture.side_data.get("DISPLAYMATRIX")
    if side_data is None:
        return Display(width, height)
    (a, b), (c, d) = np.frombuffer(bytes(side_data), np.int32).reshape(3, 3)[:2, :2].tolist()
    # FFmpeg: x' = a*x + c*y, y' = b*x + d*y. Turns other than quarters go to the nearest.
    if abs(a) + abs(d) < abs(b) + abs(c):
        return Display(width, height, transposed=True, mirrored_x=c < 0, mirrored_y=b < 0)
    return Display(width, height, mirrored_x=a < 0, mirrored_y=d < 0)


class RgbConverter:
    """Converts the pictures of one recording; holds FFmpeg's scaler, so one for each thread."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._reformatter = VideoReformatter()

    def __call__(self, picture: VideoFrame) -> NDArray[np.uint8]:
        """The picture as (H, W, 3) uint8 RGB, contiguous, of the recording's size."""
        display = self._display
        converted = self._reformatter.reformat(
            picture,
            width=display.width,
            height=display.height,
            format="rgb24",
            src_colorspace=_colour_matrix(picture),
            dst_color_range="JPEG",
            threads=1,
        )
        image: NDArray[np.uint8] = converted.to_ndarray().view(np.uint8)
        if display.transposed:
            image = image.transpose(1, 0, 2)
        rows, columns = (-1 if display.mirrored_y else 1), (-1 if display.mirrored_x else 1)
        return np.ascontiguousarray(image[::rows, ::columns])


def _stretched(width: int, height: int, pixel_shape: Fraction | None) -> tuple[int, int]:
    shape = float(pixel_shape or 1)
    if abs(shape - 1) < _NEARLY_SQUARE or not 1 / _STRANGEST_PIXEL < shape < _STRANGEST_PIXEL:
        return width, height
    return (round(width * shape), height) if shape > 1 else (width, round(height / shape))


def _colour_matrix(picture: VideoFrame) -> int | None:
    if picture.colorspace != _UNSPECIFIED:
        return None
    return Colorspace.ITU709 if picture.height >= _HD_LINES else Colorspace.ITU601
