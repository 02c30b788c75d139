"""The small print on an overlay video: time and frame number, and which colour is which side."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from core.pose.palette import HALO, SIDE_COLOURS

_TEXT_COLOUR = (236, 236, 240)
_BACK_OPACITY = 0.55


class FrameStamp:
    """Writes the small print into pictures of one size."""

    def __init__(self, width: int, height: int) -> None:
        """Choose sizes that suit the picture."""
        self._size = max(round(min(width, height) / 34), 9)
        self._font = ImageFont.load_default(self._size)

    def paint(self, picture: NDArray[np.uint8], time_s: float, frame: int) -> None:
        """Write time and frame number at the bottom left, the legend at the bottom right."""
        stamp = self._text(f"{clock(time_s)}   frame {frame}")
        _lay(picture, stamp, left=True, margin=self._size // 2)
        _lay(picture, self._legend, left=False, margin=self._size // 2)

    @cached_property
    def _legend(self) -> NDArray[np.uint8]:
        left, right = (
            self._text("left", SIDE_COLOURS["left"]),
            self._text("right", SIDE_COLOURS["right"]),
        )
        return np.concatenate([left, right], axis=1)

    def _text(self, text: str, dot: tuple[int, int, int] | None = None) -> NDArray[np.uint8]:
        """A strip (h, w, 3) with the text, behind a dot if a colour is given for one."""
        size, indent = self._size, self._size if dot else 0
        width = round(self._font.getlength(text)) + size + indent
        strip = Image.new("RGB", (width, round(1.6 * size)), HALO)
        draw = ImageDraw.Draw(strip)
        middle = strip.height / 2
        if dot:
            r = 0.3 * size
            draw.ellipse((0.5 * size, middle - r, 0.5 * size + 2 * r, middle + r), fill=dot)
        draw.text((size / 2 + indent, middle), text, _TEXT_COLOUR, self._font, anchor="lm")
        return np.asarray(strip)


def clock(seconds: float) -> str:
    """Time as 1:02.345, with hours when there are any."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minute:02}:{second:02}.{thousandths:03}"
    return f"{minute}:{second:02}.{thousandths:03}"


def _lay(picture: NDArray[np.uint8], strip: NDArray[np.uint8], *, left: bool, margin: int) -> None:
    """Blend the strip into a bottom corner under opaque text; tiny pictures get none."""
    height, width = strip.shape[:2]
    if height + margin > picture.shape[0] or 2 * (width + margin) > picture.shape[1]:
        return
    bottom = picture.shape[0] - margin
    x = margin if left else picture.shape[1] - margin - width
    under = picture[bottom - height : bottom, x : x + width]
    ink = strip.max(axis=-1, keepdims=True) / 224.0
    opacity: NDArray[np.float64] = np.clip(ink, _BACK_OPACITY, 1.0)
    under[:] = np.round(opacity * strip + (1 - opacity) * under).astype(np.uint8)
