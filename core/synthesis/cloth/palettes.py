"""Which colours go together on nursery cloth, clothes, furniture and floors."""

import colorsys

import numpy as np
from numpy.typing import NDArray

Palette = NDArray[np.float32]  # (INKS, 3) sRGB in [0, 1]; the first is the ground

# Hue is free; saturation and value ranges of the ground, then of the inks.
MOODS: dict[str, tuple[tuple[float, float, float, float], tuple[float, float, float, float]]] = {
    "white": ((0.0, 0.05, 0.86, 0.95), (0.15, 0.6, 0.5, 0.9)),
    "pastel": ((0.08, 0.28, 0.82, 0.94), (0.1, 0.55, 0.55, 0.97)),
    "bright": ((0.45, 0.85, 0.6, 0.92), (0.0, 0.8, 0.65, 0.95)),
    "muted": ((0.08, 0.35, 0.4, 0.75), (0.05, 0.4, 0.3, 0.9)),
    "dark": ((0.1, 0.6, 0.1, 0.35), (0.0, 0.7, 0.4, 0.92)),
    "grey": ((0.0, 0.06, 0.3, 0.8), (0.0, 0.1, 0.25, 0.92)),
}
NURSERY = ("white", "white", "pastel", "pastel", "pastel", "bright", "muted", "grey")
LINEN = ("white", "white", "white", "pastel", "pastel", "muted")
EVERYDAY = ("white", "bright", "muted", "muted", "dark", "dark", "grey", "pastel")


def draw_palette(rng: np.random.Generator, moods: tuple[str, ...] = NURSERY) -> Palette:
    """Four colours of one of these moods (repeated names are likelier)."""
    ground, inks = MOODS[moods[int(rng.integers(len(moods)))]]
    hue = rng.random()
    # Neighbouring hues or one opposite: prints seldom use colours that have nothing in common.
    hues = hue + np.array([0.0, rng.choice([0.0, 0.08, 0.5]), 0.3, rng.choice([0.0, 0.15, 0.6])])
    ranges = (ground, inks, inks, inks)
    colours = [
        colorsys.hsv_to_rgb(one % 1, rng.uniform(low, high), rng.uniform(dim, light))
        for one, (low, high, dim, light) in zip(hues, ranges, strict=True)
    ]
    return np.array(colours, np.float32)


def solid(red: float, green: float, blue: float) -> Palette:
    """A palette of shades of one sRGB colour, each in [0, 1]."""
    shades = np.array([1.0, 0.86, 0.74, 1.12], np.float32)
    return np.clip(np.array([red, green, blue], np.float32) * shades[:, None], 0, 0.96)
