"""Simple scenes about which everything is known."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.parts import BodyPart
from core.synthesis.camera import Camera
from core.synthesis.scene import Finish, Lamp, Lighting, Person, Scene
from core.synthesis.surface import TILE, Material, Role, Surface

PLAIN = Finish(jpeg=100)
OVERHEAD = Lighting((Lamp((0.0, 0.0, 1.0), (0.6, 0.6, 0.6), 0.05),), (0.3,) * 3, (0.2,) * 3)
NOBODY = Person(np.full((16, 3), 1000.0), np.full(16, 0.02))


def plain(colour: tuple[int, int, int], gloss: float = 0.0) -> Material:
    return Material(np.full((TILE, TILE, 3), colour, np.uint8), gloss=gloss)


WHITE, RED, BLUE = plain((235, 235, 235)), plain((210, 30, 30)), plain((30, 30, 210))


def surface(vertices: NDArray, faces: NDArray, role: Role, material: Material = WHITE) -> Surface:
    vertices = np.asarray(vertices, np.float32)
    part = BodyPart.TORSO if role.is_person else BodyPart.NONE
    return Surface(
        vertices, np.asarray(faces, np.int32), vertices[:, :2].copy(), role, material,
        np.full(len(faces), part, np.uint8),
    )  # fmt: skip


def ball(centre, radius: float, role: Role, material: Material = WHITE) -> Surface:
    """A sphere of 48 x 24 quads, from its south pole to its north pole."""
    turn, rise = np.meshgrid(np.linspace(0, 2 * np.pi, 49), np.linspace(-np.pi / 2, np.pi / 2, 25))
    flat = np.cos(rise)
    unit = np.stack([np.cos(turn) * flat, np.sin(turn) * flat, np.sin(rise)], axis=-1)
    vertices = np.asarray(centre) + radius * unit.reshape(-1, 3)
    return surface(vertices, _quads(25, 49), role, material)


def plane(height: float, half: float, role: Role, material: Material = WHITE) -> Surface:
    """A level square that faces up."""
    side = np.linspace(-half, half, 9)
    x, y = np.meshgrid(side, side)
    vertices = np.stack([x, y, np.full_like(x, height)], axis=-1).reshape(-1, 3)
    return surface(vertices, _quads(9, 9), role, material)


def _quads(rows: int, columns: int) -> NDArray:
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    triangles = [np.stack([a, b, c], axis=-1), np.stack([a, c, d], axis=-1)]
    return np.concatenate([one.reshape(-1, 3) for one in triangles])


def from_above(size: tuple[int, int] = (64, 64), height: float = 2.0) -> Camera:
    """Straight down at the origin; +Y is up in the image."""
    focal = 0.9 * min(size) * height / 2
    return Camera.looking(np.array([0.0, 0.0, height]), np.zeros(3), 0.0, focal, size)


def scene(*surfaces: Surface, **changes) -> Scene:
    whole = Scene(surfaces, NOBODY, from_above(), OVERHEAD, PLAIN)
    return replace(whole, **changes)


def person_at(*places) -> Person:
    """All sixteen keypoints at these places, the last one repeated; 2 cm of flesh."""
    rows = [places[min(i, len(places) - 1)] for i in range(16)]
    return Person(np.array(rows, float), np.full(16, 0.02))
