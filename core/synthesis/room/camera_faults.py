"""What ordinary phones and cameras do to a picture."""

import numpy as np

from core.synthesis.scene import Finish


def draw_finish(rng: np.random.Generator, side: int) -> Finish:
    """Plausible faults; `side` in pixels: blur grows with the picture."""
    scale = side / 256
    shaken = rng.random() < 0.12
    angle, smear = rng.uniform(0, 2 * np.pi), rng.uniform(0.8, 3.0) * scale * shaken
    return Finish(
        exposure=float(np.exp(rng.normal(0.0, 0.1))),
        white_balance=_white_balance(rng, 0.045),
        saturation=float(rng.uniform(0.75, 1.15)),
        contrast=float(rng.uniform(0.9, 1.18)),
        vignette=float(rng.uniform(0.0, 0.3) * (rng.random() < 0.6)),
        defocus=float(abs(rng.normal(0.0, 0.45)) * scale),
        motion=(float(smear * np.cos(angle)), float(smear * np.sin(angle))),
        noise=float(rng.gamma(1.6, 1.5)),
        jpeg=int(rng.integers(55, 97)),
    )


def _white_balance(rng: np.random.Generator, deviation: float) -> tuple[float, float, float]:
    """Warmer or colder, seldom greener: factors whose mean is one."""
    warm, green = rng.normal(0, deviation), rng.normal(0, deviation / 3)
    factors = np.exp(np.array([warm, green, -warm]))
    factors /= factors.mean()
    return float(factors[0]), float(factors[1]), float(factors[2])
