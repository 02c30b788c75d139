"""The room around: floor, walls, furniture along them, a rug."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.cloth.fabrics import draw_cloth
from core.synthesis.cloth.flooring import draw_flooring
from core.synthesis.room.furniture import along_wall
from core.synthesis.room.layer import Layer
from core.synthesis.room.mesh import Mesh, yaw
from core.synthesis.room.solids import box, panel
from core.synthesis.surface import Role

Array = NDArray[np.float64]

INDOOR_FLOORS = ("planks", "planks", "carpet", "carpet", "loop carpet", "tiles")
_FAR = 6.0  # metres that a floor reaches to every side


@dataclass(frozen=True, eq=False)
class Outlook:
    """Where the camera looks; metres.

    middle (3,) of the person; away (3,), unit vector on the ground away from the camera; floor:
    its height; reach: how far person and support reach from the middle; sight: how far behind the
    middle the camera still sees the floor.
    """

    middle: Array
    away: Array
    floor: float
    reach: float
    sight: float

    def at(self, ahead: float, aside: float) -> Array:
        """A place (3,) on the floor so far behind the person and to the right of them."""
        right = np.array([self.away[1], -self.away[0], 0.0])
        spot = self.middle + ahead * self.away + aside * right
        return np.array([spot[0], spot[1], self.floor])

    @property
    def turn(self) -> float:
        """Radians by which +Y is turned to point away from the camera."""
        return float(np.arctan2(self.away[1], self.away[0]) - np.pi / 2)


def indoors(outlook: Outlook, rng: np.random.Generator) -> Layer:
    """Floor, a corner of walls, and furniture along them."""
    kind = INDOOR_FLOORS[int(rng.integers(len(INDOOR_FLOORS)))]
    turn = outlook.turn + float(rng.normal(0, 0.3))
    floor = _floor(outlook, turn + float(rng.choice([0, np.pi / 2])))
    layer = Layer((floor.surface(Role.BACKDROP, draw_flooring(rng, kind)),), (f"{kind} floor",))
    behind = outlook.reach + float(rng.uniform(0.3, 2.2))
    if outlook.sight > behind:
        layer += _walls(outlook, rng, turn, behind)
        layer += _furniture(outlook, rng, turn, behind)
    if rng.random() < 0.3:
        layer += _rug(outlook, rng)
    return layer


def _floor(outlook: Outlook, turn: float) -> Mesh:
    across = panel((-_FAR, -_FAR, 0), (2 * _FAR, 0, 0), (0, 2 * _FAR, 0)).turned(yaw(turn))
    return across.moved(outlook.at(0, 0))


def _walls(outlook: Outlook, rng: np.random.Generator, turn: float, behind: float) -> Layer:
    kind = str(rng.choice(["plaster", "plaster", "plaster", "wallpaper", "brick"]))
    high, side = 2.6, float(rng.choice([-1.0, 1.0]))
    aside = outlook.reach + float(rng.uniform(0.4, 2.5))
    back = panel((-_FAR, behind, 0), (2 * _FAR, 0, 0), (0, 0, high))
    flank = panel((side * aside, -side * _FAR, 0), (0, side * 2 * _FAR, 0), (0, 0, high))
    walls = Mesh.joined([back, flank]).turned(yaw(turn)).moved(outlook.at(0, 0))
    return Layer((walls.surface(Role.BACKDROP, draw_flooring(rng, kind)),), (f"{kind} wall",))


def _furniture(outlook: Outlook, rng: np.random.Generator, turn: float, behind: float) -> Layer:
    mesh, names = along_wall(rng)
    cloth = draw_cloth(rng, ("cotton", "denim"), ("plain", "melange"), ("white",))
    placed = mesh.moved((0, behind, 0)).turned(yaw(turn)).moved(outlook.at(0, 0))
    return Layer((placed.surface(Role.BACKDROP, cloth),), names)


def _rug(outlook: Outlook, rng: np.random.Generator) -> Layer:
    size = rng.uniform(1.2, 2.2, 2)
    rug = box((*size, 0.008), (0, 0, 0.004)).turned(yaw(outlook.turn + rng.normal(0, 0.3)))
    prints = ("plain", "stripes", "tartan", "zigzag", "patches", "blotches")
    cloth = draw_cloth(rng, ("fleece", "knit"), prints, tile_metres=(0.4, 1.0))
    spot = outlook.at(float(rng.uniform(-0.6, 0.8)), float(rng.uniform(-0.8, 0.8)))
    # Below a support that lies on the floor itself the rug must not come through.
    return Layer((rug.moved(spot - [0, 0, 0.004]).surface(Role.BACKDROP, cloth),), ("rug",))
