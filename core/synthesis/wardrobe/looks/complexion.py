"""Colours of skin, hair and eyes, and the tint of each place of the skin."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.wardrobe.mesh.triangles import Vectors
from core.synthesis.wardrobe.template.features import Features, Mask

Colour = tuple[float, float, float]

# sRGB of 0..255, from very light to very dark.
TONES = ((240, 208, 190), (236, 198, 174), (227, 182, 152), (214, 163, 128), (190, 138, 101),
         (160, 108, 76), (126, 82, 57), (94, 60, 43), (66, 43, 33))  # fmt: skip
HAIRS = {"blond": (188, 150, 98), "light brown": (128, 92, 60), "brown": (84, 56, 38),
         "red": (150, 78, 42), "dark brown": (48, 34, 27), "black": (24, 20, 20),
         "grey": (150, 146, 142)}  # fmt: skip
IRISES = {"blue": (96, 124, 150), "grey": (110, 118, 122), "green": (104, 114, 78),
          "hazel": (112, 84, 48), "brown": (74, 46, 28), "dark": (40, 26, 20)}  # fmt: skip
LIGHT_HAIRS, DARK_HAIRS = tuple(HAIRS)[:5], ("dark brown", "black", "black")


@dataclass(frozen=True)
class Complexion:
    """How somebody's skin looks.

    tone 0 very light .. 1 very dark; flush, mottling and brows 0..1: how red, blotchy, strong they
    are; warmth about 0; hair and iris are names in HAIRS and IRISES.
    """

    tone: float
    flush: float
    mottling: float
    warmth: float
    brows: float
    hair: str
    iris: str

    @staticmethod
    def drawn(months: float, rng: np.random.Generator) -> "Complexion":
        """Anybody's; newborns are red and blotchy, and few dark people are blond."""
        tone = float(rng.beta(1.0, 1.15))
        newborn = max(0.0, 1 - months / 3)
        hairs = LIGHT_HAIRS if tone < 0.42 else DARK_HAIRS
        irises = tuple(IRISES) if tone < 0.42 else ("brown", "dark")
        hair = str(rng.choice(hairs))
        if months > 600 and rng.random() < 0.5:
            hair = "grey"
        return Complexion(
            tone=tone,
            flush=float(np.clip(rng.beta(2, 4) + 0.5 * newborn * rng.random(), 0, 1)),
            mottling=float(rng.uniform(0.0, 0.25) + 0.35 * newborn * rng.random()),
            warmth=rng.normal(0, 1),
            brows=float(rng.uniform(0.15, 0.5) if months < 24 else rng.uniform(0.5, 0.9)),
            hair=hair,
            iris=str(rng.choice(irises)),
        )

    @property
    def skin(self) -> Colour:
        """SRGB in 0..255."""
        at = self.tone * (len(TONES) - 1)
        grid = np.arange(len(TONES))
        plain = np.array([np.interp(at, grid, channel) for channel in np.transpose(TONES)])
        return tuple(plain * (1, 1 - 0.012 * self.warmth, 1 - 0.035 * self.warmth))

    def shaded(self, share: Mask) -> Vectors:
        """Factors that turn skin into the hair's colour by this share (V,)."""
        hair = np.minimum(_linear(HAIRS[self.hair]) / _linear(self.skin), 1)
        return 1 + share[:, None] * (hair - 1)

    def tint(self, features: Features) -> Vectors:
        """Linear factors on the skin's colour, (V, 3) float32."""
        light, red = 1 - self.tone, self.flush
        rosy = 0.35 + 0.65 * red
        hair = _linear(HAIRS[self.hair]) / _linear(self.skin)
        layers = (
            ("creases", 0.75, (0.62, 0.45, 0.42)),
            ("joints", 0.5 * rosy * light, (1.02, 0.78, 0.76)),
            ("joints", 0.4 * (1 - light), (0.72, 0.7, 0.72)),
            ("fingers", 0.55 * rosy * light, (1.02, 0.76, 0.74)),
            ("palms", 0.35 * light, (1.03, 0.82, 0.8)),
            ("palms", 0.9 * self.tone**1.5, (2.9, 2.5, 2.4)),
            ("ears", 0.5 * light, (1.03, 0.72, 0.68)),
            ("cheeks", 0.9 * rosy * (0.25 + 0.75 * light), (1.04, 0.66, 0.64)),
            ("nose tip", 0.7 * rosy * light, (1.02, 0.76, 0.74)),
            ("sockets", 0.4, (0.86, 0.74, 0.74)),
            ("lips", 0.95, (0.92, 0.5 + 0.12 * self.tone, 0.52 + 0.14 * self.tone)),
            ("mouth", 1.0, (0.42, 0.16, 0.16)),
            ("lids", 0.8, (0.5, 0.42, 0.4)),
            ("brows", self.brows, tuple(np.clip(hair, 0.25, 0.9))),
        )
        names, amounts, colours = zip(*layers, strict=True)
        # Factors multiply, so their logarithms add up: one product for all masks.
        logs = np.log(np.array(colours)) * np.array(amounts)[:, None]
        return np.exp(features.stacked(names) @ logs.astype(np.float32))


def _linear(srgb: Colour) -> NDArray[np.floating]:
    """SRGB of 0..255 in linear light."""
    return (np.array(srgb, np.float32) / 255) ** np.float32(2.2)
