"""How hair is worn, by age."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class HairStyle:
    """Lengths in spans between the eyes (0.043 m in infants, 0.062 m in adults).

    shade: how much of the scalp's colour is the hair's; depth of the cap; locks: how many, how
    long, how wide; curl 0 straight .. 1; forehead and nape: heights of the hairline over the eyes.
    """

    name: str
    shade: float
    depth: float
    locks: int = 0
    lock_length: float = 0.0
    lock_width: float = 0.2
    curl: float = 0.0
    forehead: float = 1.3
    nape: float = -0.9

    @staticmethod
    def drawn(months: float, rng: np.random.Generator) -> "HairStyle":
        """What people of this age wear; most young infants have little."""
        name = str(rng.choice(list(_STYLES), p=_odds(months)))
        shade, depth, locks, length, width, curl = _STYLES[name]
        return HairStyle(
            name=name,
            shade=float(np.clip(shade * rng.uniform(0.7, 1.2), 0, 1)),
            depth=depth * rng.uniform(0.7, 1.3),
            locks=round(locks * rng.uniform(0.6, 1.3)),
            lock_length=length * rng.uniform(0.7, 1.4),
            lock_width=width,
            curl=curl,
            forehead=rng.uniform(1.15, 1.6) + (0.25 if months < 6 else 0.0),
            nape=rng.uniform(-1.1, -0.5),
        )


# shade, depth, locks, their length and width, curl
_STYLES = {
    "bald": (0.08, 0.0, 0, 0.0, 0.1, 0.0),
    "fuzz": (0.4, 0.0, 0, 0.0, 0.1, 0.0),
    "thin hair": (0.7, 0.05, 60, 0.45, 0.16, 0.2),
    "short hair": (0.95, 0.12, 130, 0.55, 0.2, 0.2),
    "curly hair": (0.95, 0.3, 160, 0.5, 0.26, 1.0),
    "full hair": (0.95, 0.26, 170, 0.95, 0.24, 0.25),
    "long hair": (0.95, 0.24, 300, 4.4, 0.32, 0.15),
}
_AGES = (0.0, 4.0, 9.0, 18.0, 200.0)
_SHARES = np.array([
    [0.20, 0.35, 0.30, 0.12, 0.03, 0.00, 0.00],
    [0.22, 0.38, 0.25, 0.12, 0.03, 0.00, 0.00],
    [0.08, 0.24, 0.30, 0.25, 0.08, 0.05, 0.00],
    [0.02, 0.08, 0.25, 0.33, 0.12, 0.18, 0.02],
    [0.08, 0.06, 0.04, 0.30, 0.10, 0.20, 0.22],
])  # fmt: skip


def _odds(months: float) -> NDArray[np.floating]:
    odds = np.array([np.interp(months, _AGES, column) for column in _SHARES.T])
    return odds / odds.sum()
