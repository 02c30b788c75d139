"""Colour textures of unevenness in a fraction of the time that floating point takes."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

_STEPS = 64  # of unevenness, from -RANGE to RANGE deviations
_RANGE = 3.0


def quantized(uneven: NDArray[np.floating]) -> NDArray[np.uint8]:
    """A texture (N, N) of mean 0 and deviation about 1 as numbers of steps."""
    steps = (uneven / (2 * _RANGE) + 0.5) * (_STEPS - 1)
    return np.clip(np.round(steps), 0, _STEPS - 1).astype(np.uint8)


def coloured(steps: NDArray[np.uint8], colour: ArrayLike, contrast: ArrayLike) -> NDArray[np.uint8]:
    """SRGB (N, N, 3): the colour (3,) in 0..255, each channel uneven by its contrast (3,)."""
    uneven = np.linspace(-_RANGE, _RANGE, _STEPS)[:, None]
    table = np.asarray(colour) * (1 + uneven * np.asarray(contrast))
    return np.clip(table, 0, 255).astype(np.uint8).take(steps, axis=0)
