"""Where toys lie: beside the person, on them, or hanging over them."""

import numpy as np

from core.synthesis.camera import Camera
from core.synthesis.cloth.fabrics import draw_cloth
from core.synthesis.room.layer import Layer
from core.synthesis.room.mesh import Mesh, bounds
from core.synthesis.room.relief import Raster, grown
from core.synthesis.room.solids import ball, tube
from core.synthesis.room.subject import Subject
from core.synthesis.room.toys import draw_toy, paint
from core.synthesis.surface import Role, Surface

_CELL = 0.02
_TRIES = 12
_WHITE = ("white",)


def toys_around(
    subject: Subject, supports: tuple[Surface, ...], rng: np.random.Generator, count: int
) -> Layer:
    """Toys on the support and the floor beside it, clear of the person."""
    person = subject.ground_points
    low, high = bounds(person)
    raster = Raster.over(low[:2] - 0.5, high[:2] + 0.5, _CELL)
    taken = raster.highest(person)
    ground = _ground(raster, subject, supports)
    placed, names = [], []
    for _ in range(count):
        toy, radius, name = draw_toy(rng)
        spot = _free(raster, taken, radius, rng)
        if spot is None:
            continue
        row, column, x, y = spot
        placed.append(toy.moved((x, y, ground[row, column])))
        taken = np.maximum(taken, raster.highest(placed[-1].vertices))
        names.append(name)
    if not placed:
        return Layer()
    return Layer((_surface(Mesh.joined(placed), subject, rng),), tuple(dict.fromkeys(names)))


def toy_on(subject: Subject, rng: np.random.Generator) -> Layer:
    """A soft toy that lies on the person's belly or leg."""
    toy, radius, name = draw_toy(rng, soft=True)
    person = subject.ground_points
    at = subject.on_ground(
        subject.keypoint(str(rng.choice(["thorax", "pelvis", "left_knee"])))[None]
    )
    x, y = at[0, :2] + rng.normal(0, 0.03, 2)
    near = np.hypot(person[:, 0] - x, person[:, 1] - y) < max(radius * 0.8, 0.03)
    if not near.any():
        return Layer()
    laid = toy.moved((x, y, float(person[near, 2].max()) - 0.004))
    return Layer((_surface(laid, subject, rng),), (f"{name} on the infant",))


def play_gym(subject: Subject, camera: Camera, rng: np.random.Generator) -> Layer:
    """Two arches that cross over the infant, with toys on strings; none close to the lens."""
    half = max(0.4, subject.length * 0.55)
    if np.linalg.norm(camera.position - subject.middle) < 2 * half + 0.3:
        return Layer()
    height = max(0.45, float(subject.high[2]) + 0.22)
    turn = np.linspace(0, np.pi, 20)
    pieces, colour = [], paint(rng)
    for sign in (-1, 1):
        arch = np.stack([half * np.cos(turn), sign * half * np.cos(turn), height * np.sin(turn)], 1)
        pieces.append(tube(arch, 0.009, sides=8).tinted(colour))
        for share in rng.uniform(0.34, 0.66, 2):
            pieces += _hanging(rng, np.array([np.interp(share * np.pi, turn, arch[:, k])
                                              for k in range(3)]), height)  # fmt: skip
    return Layer((_surface(Mesh.joined(pieces), subject, rng),), ("play gym",))


def _hanging(rng: np.random.Generator, top: np.ndarray, height: float) -> list[Mesh]:
    """A string and a small thing at its end, above the infant's reach of skin."""
    drop = rng.uniform(0.2, 0.4) * (height - 0.25)
    end = top - [0, 0, drop]
    toy = ball(rng.uniform(0.02, 0.035, 3), end)
    if rng.random() < 0.4:
        toy = tube(end + np.array([[0, 0, -0.03], [0, 0, 0.03]]), rng.uniform(0.012, 0.03))
    return [tube([top, end], 0.002, sides=4).tinted((0.8, 0.8, 0.8)), toy.tinted(paint(rng))]


def _ground(raster: Raster, subject: Subject, supports: tuple[Surface, ...]) -> np.ndarray:
    points = [subject.on_ground(one.vertices) for one in supports]
    if not points:
        return np.zeros(raster.shape, np.float32)
    heights = grown(raster.highest(np.concatenate(points)), 2)
    floor = min(float(one[:, 2].min()) for one in points)
    return np.where(np.isfinite(heights), heights, floor)


def _free(
    raster: Raster, taken: np.ndarray, radius: float, rng: np.random.Generator
) -> tuple[int, int, float, float] | None:
    """Row, column, x and y of a free place for a toy of this radius, near the person first."""
    reach = int(np.ceil(radius / _CELL)) + 1
    blocked = grown(taken, reach) > -1e8
    near = grown(taken, reach + int(rng.integers(2, 18))) > -1e8
    rows, columns = np.nonzero(near & ~blocked)
    if len(rows) == 0:
        return None
    pick = int(rng.integers(len(rows)))
    row, column = int(rows[pick]), int(columns[pick])
    x, y = raster.x + (column + 0.5) * _CELL, raster.y + (row + 0.5) * _CELL
    return row, column, x, y


def _surface(mesh: Mesh, subject: Subject, rng: np.random.Generator) -> Surface:
    cloth = draw_cloth(rng, ("jersey", "fleece"), ("plain",), _WHITE)
    return Mesh(subject.in_world(mesh.vertices), mesh.faces, mesh.uv, mesh.tint).surface(
        Role.OCCLUDER, cloth
    )
