"""What a garment is before it is sewn: where it lies, how it fits, what it is made of."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.synthesis.surface import Material, Surface
from core.synthesis.wardrobe.template.anatomy import Field
from core.synthesis.wardrobe.template.wearer import Wearer


class Piece(Protocol):
    """Something worn that can be laid on a body in any pose."""

    def surfaces(self, wearer: Wearer) -> list[Surface]:
        """Its surfaces in one frame; their topology never changes."""
        ...


@dataclass(frozen=True)
class Fit:
    """How cloth lies, in shares of the stature.

    thickness of the cloth; ease, the slack above it; gather: how far from its hems slack grows
    (0: hems hang free); folds, their depth at a bent joint; slack, the depth of loose relief;
    rounds of bridging over creases.
    """

    thickness: float = 0.004
    ease: float = 0.005
    gather: float = 0.06
    folds: float = 0.006
    slack: float = 0.0016
    rounds: int = 4


@dataclass(frozen=True, eq=False)
class Trim:
    """A band, patch or placket that lies on a garment.

    inside (V,) where it lies, metres; raised over the garment by this share of the stature;
    planar: its print lies flat on the chest instead of around the body.
    """

    inside: Field
    material: Material
    raised: float = 0.0012
    planar: bool = False


@dataclass(frozen=True, eq=False)
class Studs:
    """Poppers or buttons: places (N, 3) on the spread template, radius in shares of stature."""

    places: NDArray[np.floating]
    radius: float
    material: Material


@dataclass(frozen=True, eq=False)
class Pattern:
    """A garment to be sewn for one template.

    inside (V,) metres from its hems, positive where it lies; covers (V,) the same for all that is
    hidden by it, also by pieces of other shapes (bags around feet); bulk (V,) additional metres.
    """

    name: str
    inside: Field
    fit: Fit
    material: Material
    trims: tuple[Trim, ...] = ()
    studs: Studs | None = None
    pieces: tuple[Piece, ...] = ()
    covers: Field | None = None
    bulk: Field | None = None

    @property
    def hides(self) -> Field:
        """`covers`, or where nothing else was given `inside`."""
        return self.inside if self.covers is None else np.maximum(self.inside, self.covers)
