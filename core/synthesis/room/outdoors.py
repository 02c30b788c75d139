"""Lawns, beaches, streets and gyms for adults."""

import numpy as np

from core.synthesis.cloth.flooring import draw_flooring
from core.synthesis.room.backdrop import Outlook
from core.synthesis.room.layer import Layer
from core.synthesis.room.mesh import Mesh, yaw
from core.synthesis.room.solids import ball, box, panel, tube
from core.synthesis.surface import Role

GROUNDS = ("grass", "grass", "grass", "sand", "asphalt", "planks", "carpet")
SKIES = ((0.42, 0.60, 0.90), (0.65, 0.74, 0.85), (0.75, 0.78, 0.80))  # linear
_FAR = 40.0  # metres


def outdoors(outlook: Outlook, rng: np.random.Generator) -> Layer:
    """Ground to the horizon, bushes, trees and houses far behind."""
    kind = GROUNDS[int(rng.integers(len(GROUNDS)))]
    ground = panel((-_FAR, -_FAR, 0), (2 * _FAR, 0, 0), (0, 2 * _FAR, 0))
    ground = ground.turned(yaw(outlook.turn)).moved(outlook.at(0, 0))
    layer = Layer((ground.surface(Role.BACKDROP, draw_flooring(rng, kind)),), (f"{kind} ground",))
    layer += _greenery(outlook, rng)
    return layer + (_house(outlook, rng) if rng.random() < 0.4 else Layer())


def draw_sky(rng: np.random.Generator) -> tuple[float, float, float]:
    """The sky's linear colour."""
    colour = np.array(SKIES[int(rng.integers(len(SKIES)))]) * rng.uniform(0.85, 1.1)
    return float(colour[0]), float(colour[1]), float(colour[2])


def _greenery(outlook: Outlook, rng: np.random.Generator) -> Layer:
    pieces = []
    for _ in range(int(rng.integers(3, 12))):
        spot = outlook.at(float(rng.uniform(7, 25)), float(rng.uniform(-14, 14)))
        size = rng.uniform(0.5, 2.2)
        crown = ball(size * rng.uniform(0.7, 1.2, 3)).tinted(rng.uniform(0.5, 1.2, 3))
        if rng.random() < 0.5:
            trunk = tube([(0, 0, 0), (0, 0, 2.5)], 0.15).tinted((0.5, 0.3, 0.25))
            pieces += [trunk.moved(spot), crown.moved(spot).moved((0, 0, 2.5 + 0.5 * size))]
        else:
            pieces.append(crown.moved(spot).moved((0, 0, 0.3 * size)))
    leaves = draw_flooring(rng, "grass")
    return Layer((Mesh.joined(pieces).surface(Role.BACKDROP, leaves),), ("trees",))


def _house(outlook: Outlook, rng: np.random.Generator) -> Layer:
    size = np.array([rng.uniform(6, 14), 5.0, rng.uniform(3, 7)])
    wall = box(size, (0, 0, size[2] / 2))
    glass = [box((0.9, 0.1, 1.2), (x, -2.5, z)).tinted((0.12, 0.14, 0.18))
             for x in np.arange(-size[0] / 2 + 1, size[0] / 2, 2.0)
             for z in np.arange(1.5, size[2] - 0.8, 2.5)]  # fmt: skip
    spot = outlook.at(float(rng.uniform(9, 20)), float(rng.uniform(-6, 6)))
    turned = Mesh.joined([wall, *glass]).turned(yaw(outlook.turn + rng.normal(0, 0.3))).moved(spot)
    kind = str(rng.choice(["brick", "plaster"]))
    return Layer((turned.surface(Role.BACKDROP, draw_flooring(rng, kind)),), ("house",))
