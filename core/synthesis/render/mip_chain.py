"""Textures in ever smaller copies, so that a distant cloth does not glitter."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.synthesis.surface import TILE, Material

LEVELS = 7  # from TILE texels a side down to TILE / 64
CHAIN = sum((TILE >> level) ** 2 for level in range(LEVELS))


def albedo_chain(material: Material) -> NDArray[np.uint8]:
    """All levels of the colours, one after the other, (CHAIN, 3) uint8 sRGB."""
    return _chain(material.albedo)


def bump_chain(material: Material) -> NDArray[np.float32]:
    """All levels of the heights, one after the other, (CHAIN,) float32 metres; empty if flat."""
    if material.bumps is None:
        return np.zeros(0, np.float32)
    return _chain(material.bumps.astype(np.float32, copy=False))[:, 0]


def _chain(tile: NDArray[Any]) -> NDArray[Any]:
    chain = np.empty((CHAIN, tile[0, 0].size), tile.dtype)
    start = 0
    for level in range(LEVELS):
        side = TILE >> level
        if level > 0:
            tile = cv2.resize(tile, (side, side), interpolation=cv2.INTER_AREA)
        chain[start : start + side * side] = tile.reshape(side * side, -1)
        start += side * side
    return chain
