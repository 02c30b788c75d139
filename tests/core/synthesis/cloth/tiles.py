"""Checks that every material must pass, whatever it shows."""

import numpy as np

from core.synthesis.surface import TILE, Material


def seam(tile: np.ndarray, axis: int) -> float:
    """How much stronger the tile jumps over its border than at its strongest line inside."""
    values = np.moveaxis(tile.astype(np.float64), axis, 0).reshape(TILE, -1)
    inside = np.abs(np.diff(values, axis=0)).mean(axis=1)
    return float(np.abs(values[0] - values[-1]).mean() - 1.25 * inside.max())


def assert_sound(material: Material) -> None:
    """Right shapes and types, finite, repeating without a seam."""
    assert material.albedo.shape == (TILE, TILE, 3)
    assert material.albedo.dtype == np.uint8
    assert material.bumps is not None
    assert material.bumps.shape == (TILE, TILE)
    assert material.bumps.dtype == np.float32
    assert np.isfinite(material.bumps).all()
    assert np.abs(material.bumps).max() < 0.05
    assert 0.05 < material.tile_metres < 2.0
    for axis in (0, 1):
        assert seam(material.albedo, axis) <= 1e-6
        assert seam(material.bumps, axis) <= 1e-6
