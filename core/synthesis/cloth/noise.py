"""Random textures that repeat without a seam."""

import numpy as np
from numpy.typing import NDArray

from core.synthesis.surface import TILE


def periodic_noise(
    rng: np.random.Generator,
    waves: tuple[float, float],
    stretch: float = 1.0,
    size: int = TILE,
) -> NDArray[np.float32]:
    """Noise (size, size) with mean 0 and deviation 1 that repeats at its borders.

    `waves`: the lowest and highest number of waves across the tile; `stretch` > 1 draws the
    grain out along the columns (vertically).
    """
    vertical = np.fft.fftfreq(size, 1 / size)[:, None] * stretch
    across = np.fft.rfftfreq(size, 1 / size)[None, :]
    frequency = np.hypot(vertical, across)
    low, high = waves
    keep = np.exp(-((frequency / high) ** 2)) * (1 - np.exp(-((frequency / low) ** 2)))
    keep /= np.maximum(frequency, 1.0) ** 0.7  # larger grains stand out, as in most materials
    grain = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((size, size))) * keep, (size, size))
    grain -= grain.mean()
    return (grain / max(grain.std(), 1e-9)).astype(np.float32)


def texel_grid() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Row and column positions in [0, 1) of a tile's texels, (TILE, 1) and (1, TILE)."""
    steps = ((np.arange(TILE) + 0.5) / TILE).astype(np.float32)
    return steps[:, None], steps[None, :]
