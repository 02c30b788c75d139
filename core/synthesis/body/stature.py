"""How tall and heavy a person is, and the phenotype of Anny that has that size."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.physique import Physique

# Median length (m) and mass (kg), boys and girls together: WHO growth standards 2006.
_MONTHS = (0.0, 1.0, 2.0, 3.0, 6.0, 9.0, 12.0, 18.0, 24.0)
_LENGTH = (0.495, 0.542, 0.578, 0.606, 0.667, 0.711, 0.749, 0.816, 0.870)
_MASS = (3.3, 4.3, 5.4, 6.1, 7.6, 8.6, 9.3, 10.6, 11.8)
_LENGTH_SD, _MASS_SD = 0.037, 0.115  # of the median
_SPREAD = 2.0  # standard deviations that 0 and 1 lie away from the middle

# Anny's newborn stands at -1/3, its baby at 0; the second year follows Anny's own calibration.
_INFANT_AGES = ((0.0, -1 / 3), (6.0, -0.06), (12.0, 0.03), (24.0, 0.1))
_ADULT_AGES = ((216.0, 0.70), (780.0, 0.92))


@dataclass(frozen=True)
class Stature:
    """Length in metres and mass in kilograms."""

    length: float
    mass: float


def stature_of(physique: Physique) -> Stature | None:
    """The size of an infant; None for adults, whom Anny makes right."""
    if not physique.is_infant:
        return None
    length_z, mass_z = (_SPREAD * (2 * v - 1) for v in (physique.height, physique.weight))
    length = np.interp(physique.months, _MONTHS, _LENGTH) * (1 + _LENGTH_SD * length_z)
    mass = np.interp(physique.months, _MONTHS, _MASS) * (1 + _MASS_SD * mass_z)
    return Stature(float(length), float(mass))


def anny_age(months: float) -> float:
    """Anny's age value for an age in months."""
    months_at, ages = zip(*(_INFANT_AGES + _ADULT_AGES), strict=True)
    return float(np.interp(months, months_at, ages))


def draw_physique(is_infant: bool, rng: np.random.Generator) -> Physique:
    """Somebody: an infant of up to 18 months, the first half-year twice as likely, or an adult."""
    if is_infant:
        months = rng.uniform(0, 6) if rng.random() < 0.5 else rng.uniform(6, 18)
        values = rng.beta(2.5, 2.5, 4)
    else:
        months = rng.uniform(18 * 12, 65 * 12)
        values = rng.beta(2.0, 2.0, 4)
    return Physique(float(months), float(rng.random()), *map(float, values))


class Phenotype:
    """Anny's rule from phenotype values to shape coefficients."""

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        """The `phenotype_*` and `anchors_*` arrays of `export_arrays`."""
        self._mask = np.asarray(arrays["phenotype_mask"], np.float64)
        self._projection = np.asarray(arrays["phenotype_projection"], np.float64)
        names = [str(name) for name in arrays["phenotype_names"]]
        self._anchors = {
            name: np.asarray(arrays[f"anchors_{name}"], np.float64)
            for name in names
            if name != "race"
        }
        self._names = names

    def coefficients(self, physique: Physique, height: float) -> NDArray[np.float64]:
        """Coefficients (S,); `height` is Anny's own value, which need not lie in [0, 1]."""
        values = {
            "gender": physique.gender,
            "age": anny_age(physique.months),
            "muscle": physique.muscle,
            "weight": physique.weight,
            "height": height,
            "proportions": physique.proportions,
        }
        memberships = [
            np.full(3, 1 / 3)
            if name == "race"
            else _hats(values.get(name, 0.5), self._anchors[name])
            for name in self._names
        ]
        product = np.prod(np.concatenate(memberships) * self._mask + (1 - self._mask), axis=1)
        return product @ self._projection


def _hats(value: float, anchors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of linear interpolation between anchors, continued beyond the ends."""
    place = int(np.clip(np.searchsorted(anchors, value) - 1, 0, len(anchors) - 2))
    share = (value - anchors[place]) / (anchors[place + 1] - anchors[place])
    weights = np.zeros(len(anchors))
    weights[place], weights[place + 1] = 1 - share, share
    return weights
