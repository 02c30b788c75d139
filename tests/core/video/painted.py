"""Pictures that say which frame they are and which way up, through any lossy codec."""

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 96, 64
_BITS = 8


def paint(number: int, width: int = WIDTH, height: int = HEIGHT) -> NDArray[np.uint8]:
    """Above: eight bars, the bits of `number`. Below: red on the left, blue on the right."""
    image = np.zeros((height, width, 3), np.uint8)
    foot = height * 3 // 5
    for bit in range(_BITS):
        bar = slice(bit * width // _BITS, (bit + 1) * width // _BITS)
        image[:foot, bar] = 235 if number >> bit & 1 else 20
    image[foot:, : width // 2] = (220, 20, 20)
    image[foot:, width // 2 :] = (20, 20, 220)
    return image


def number_in(image: NDArray[np.uint8]) -> int:
    """Which frame a decoded picture is; wrong if it is not the right way up."""
    height, width, _ = image.shape
    rows = slice(height // 8, height * 2 // 5)
    bars = (_middle(bit, width) for bit in range(_BITS))
    return sum(int(image[rows, bar].mean() > 127) << bit for bit, bar in enumerate(bars))


def is_upright(image: NDArray[np.uint8]) -> bool:
    """Whether red is at the bottom left and blue at the bottom right."""
    height, width, _ = image.shape
    foot = image[height * 3 // 4 :]
    left, right = foot[:, : width // 3].mean((0, 1)), foot[:, -(width // 3) :].mean((0, 1))
    return bool(left[0] > left[2] + 80 and right[2] > right[0] + 80)


def _middle(bit: int, width: int) -> slice:
    bar = width / _BITS
    return slice(round(bit * bar + bar / 4), max(round((bit + 1) * bar - bar / 4), 1))
