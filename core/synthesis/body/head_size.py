"""Large heads: between one month and two years Anny's heads are smaller than the growth charts."""

import numpy as np
from numpy.typing import NDArray

# Head circumference of the WHO growth standards over that of Anny's body of the same length.
_MONTHS = (0.0, 1.0, 3.0, 6.0, 12.0, 18.0, 24.0, 48.0)
_FACTORS = (1.02, 1.05, 1.10, 1.14, 1.16, 1.17, 1.17, 1.0)


def head_factor(months: float) -> float:
    """How much larger the head must be; 1 for adults."""
    return float(np.interp(months, _MONTHS, _FACTORS))


def enlarged(
    points: NDArray[np.floating],
    belonging: NDArray[np.floating],
    pivot: NDArray[np.float64],
    factor: float,
) -> NDArray[np.float64]:
    """Points (N, 3) moved away from `pivot` (3,) as far as they belong (N,) to the head."""
    return points + (factor - 1) * belonging[:, None] * (points - pivot)
