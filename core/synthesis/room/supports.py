"""What infants lie, sit, crawl and stand on: mats, mattresses, blankets, sofas, floors."""

from collections.abc import Callable

import numpy as np

from core.synthesis.camera import Camera
from core.synthesis.cloth.fabrics import CALM, NURSERY_PRINTS, SHEETS, draw_cloth, woven
from core.synthesis.cloth.flooring import draw_flooring
from core.synthesis.cloth.palettes import LINEN, draw_palette
from core.synthesis.room.bedding import Pad, laid
from core.synthesis.room.layer import Layer
from core.synthesis.room.mesh import Mesh, yaw
from core.synthesis.room.rails import bars_around, rim_around
from core.synthesis.room.solids import box
from core.synthesis.room.subject import Subject
from core.synthesis.surface import Material, Role

_AHEAD = 0.12  # metres of mat that stick out beyond head and feet at least

Support = Callable[[Subject, np.random.Generator, Camera], Layer]


def changing_mat(subject: Subject, rng: np.random.Generator, camera: Camera) -> Layer:
    """A padded mat with raised rims, on a chest of drawers or on the floor."""
    width, length = _room_for(subject, rng, (0.48, 0.62), (0.72, 0.85))
    rims = (float(rng.uniform(0.03, 0.07)), 0.09)
    pad = Pad((width, length), 0.05, 0.008, 0.0, rims, corner=0.07)
    cover = _drawn(rng, ("vinyl", "vinyl", "terry", "quilt"), NURSERY_PRINTS)
    place = _place(rng, 0.03, 0.12)
    mat = Layer((laid(pad, subject, rng, place).surface(Role.SUPPORT, cover),), ("changing mat",))
    if rng.random() < 0.35:
        mat += _towel(subject, rng)
    return mat + (_table(subject, rng, place) if rng.random() < 0.4 else Layer(drop=0.05))


def play_mat(subject: Subject, rng: np.random.Generator, camera: Camera) -> Layer:
    """A thin quilted mat on the floor."""
    side = max(rng.uniform(0.85, 1.4), subject.length + 0.2)
    pad = Pad((side, side * rng.uniform(0.8, 1.0)), 0.02, 0.006, 0.004, corner=0.1, ragged=0.01)
    cover = _drawn(rng, ("quilt", "quilt", "cotton", "fleece"), NURSERY_PRINTS, (0.25, 0.6))
    mat = laid(pad, subject, rng, _place(rng, 0.1, 3.1))
    return Layer((mat.surface(Role.SUPPORT, cover),), ("play mat",), 0.02)


def blanket(subject: Subject, rng: np.random.Generator, camera: Camera) -> Layer:
    """A crumpled blanket spread on the floor."""
    side = max(rng.uniform(0.8, 1.3), subject.length + 0.15)
    pad = Pad((side * rng.uniform(0.75, 1.0), side), 0.008, 0.004, 0.012, corner=0.05, ragged=0.03)
    cover = _drawn(rng, ("cotton", "fleece", "knit", "muslin", "terry"), NURSERY_PRINTS)
    spread = laid(pad, subject, rng, _place(rng, 0.08, 0.6))
    return Layer((spread.surface(Role.SUPPORT, cover),), ("blanket",), 0.008)


def cot(subject: Subject, rng: np.random.Generator, camera: Camera) -> Layer:
    """A mattress with a sheet in a cot with bars."""
    size = _room_for(subject, rng, (0.6, 0.7), (1.2, 1.4))
    place = _place(rng, 0.06, 0.1)
    mattress = _sheeted(subject, rng, size, place)
    wood = draw_flooring(rng, "wood")
    shift = np.array([place[0], place[1], 0.0])
    lens = (subject.on_ground(camera.position[None])[0] - shift) @ yaw(place[2])
    bars = bars_around(size, rng, lens).turned(yaw(place[2])).moved(shift)
    rails = _in_world(bars, subject).surface(Role.OCCLUDER, wood)
    return mattress + Layer((rails,), ("cot bars",), float(rng.uniform(0.3, 0.5)))


def bassinet(subject: Subject, rng: np.random.Generator, camera: Camera) -> Layer:
    """A hospital cot with clear walls of which one sees the edges."""
    size = _room_for(subject, rng, (0.4, 0.46), (0.74, 0.8))
    place = _place(rng, 0.02, 0.06)
    mattress = _sheeted(subject, rng, size, place)
    edges = rim_around(size, float(rng.uniform(0.16, 0.24)))
    walls = edges.turned(yaw(place[2])).moved((place[0], place[1], 0.0))
    clear = woven(rng, ("vinyl", "plain"), draw_palette(rng, ("white",)), 0.3)
    rim = _in_world(walls, subject).surface(Role.OCCLUDER, clear)
    return mattress + Layer((rim,), ("bassinet",), 0.7)


def bed(subject: Subject, rng: np.random.Generator, camera: Camera) -> Layer:
    """A grown-ups' bed with its sheet, a pillow at its head."""
    size = (float(rng.uniform(1.3, 1.8)), 2.0)
    pad = Pad(size, 0.2, 0.015, 0.012, corner=0.08)
    place = (float(rng.uniform(-0.3, 0.3)), float(rng.uniform(-0.3, 0.3)), _turn(rng, 0.5))
    sheet = draw_cloth(rng, ("cotton", "cotton", "quilt", "fleece"), SHEETS, LINEN, (0.2, 0.5))
    top = laid(pad, subject, rng, place).surface(Role.SUPPORT, sheet)
    return Layer((top,), ("bed",), 0.5)


def sofa(subject: Subject, rng: np.random.Generator, camera: Camera) -> Layer:
    """A seat with a back rest on the side away from the camera, or behind someone upright."""
    across = subject.is_upright
    depth, wide = max(0.65, subject.length * across + 0.1), max(1.4, subject.length + 0.3)
    cover = _drawn(rng, ("denim", "cotton", "vinyl", "knit"), (*CALM, "stripes", "tartan"))
    pad = Pad((wide, depth), 0.16, 0.015, 0.004, corner=0.06)
    right = np.array([np.cos(subject.heading), np.sin(subject.heading), 0.0])
    turn = (
        0.0
        if across
        else float(np.sign(right @ (camera.position - subject.middle)) or 1.0) * np.pi / 2
    )
    seat = laid(pad, subject, rng, (0.0, 0.0, -turn))
    rest = Mesh.joined([
        box((wide, 0.2, 0.62), (0.0, -depth / 2 - 0.1, 0.16)),
        box((0.18, depth, 0.34), (-wide / 2 - 0.09, 0, 0.05)),
        box((0.18, depth, 0.34), (wide / 2 + 0.09, 0, 0.05)),
    ])  # fmt: skip
    around = _in_world(rest.turned(yaw(-turn)), subject).surface(Role.BACKDROP, cover)
    return Layer((seat.surface(Role.SUPPORT, cover), around), ("sofa",), 0.42)


def puzzle_mat(subject: Subject, rng: np.random.Generator, camera: Camera) -> Layer:
    """Foam squares that lock into each other."""
    printed = str(rng.choice(["patches", "patches", "plain", "checks"]))
    cover = woven(rng, ("foam", printed), draw_palette(rng), float(rng.uniform(1.0, 1.3)))
    side = float(rng.choice([1.2, 1.5, 1.8]))
    pad = Pad((side, side), 0.015, 0.002, corner=0.01)
    mat = laid(pad, subject, rng, _place(rng, 0.15, 3.1))
    return Layer((mat.surface(Role.SUPPORT, cover),), ("puzzle mat",), 0.015)


def bare_floor(subject: Subject, rng: np.random.Generator, camera: Camera) -> Layer:
    """Nothing but the room's floor."""
    return Layer()


LYING: tuple[tuple[Support, float], ...] = (
    (changing_mat, 0.2), (play_mat, 0.22), (blanket, 0.18), (cot, 0.12), (bassinet, 0.07),
    (bed, 0.12), (sofa, 0.03), (puzzle_mat, 0.06),
)  # fmt: skip
MOVING: tuple[tuple[Support, float], ...] = (
    (play_mat, 0.3), (blanket, 0.2), (puzzle_mat, 0.15), (bare_floor, 0.2), (bed, 0.1),
    (cot, 0.03), (sofa, 0.02),
)  # fmt: skip
FLOORS: tuple[tuple[Support, float], ...] = (
    (bare_floor, 0.5), (play_mat, 0.3), (puzzle_mat, 0.2),
)  # fmt: skip
ADULTS_LYING: tuple[tuple[Support, float], ...] = (
    (bare_floor, 0.5), (blanket, 0.3), (play_mat, 0.2),
)  # fmt: skip
_KINDS = {"supine": LYING, "prone": LYING, "side": LYING, "held": FLOORS, "lying": ADULTS_LYING}


def draw_support(
    subject: Subject, rng: np.random.Generator, camera: Camera, beside_furniture: bool
) -> Layer:
    """What this person lies, sits or stands on; a floor if furniture stands there as well.

    The camera keeps a free sight: no back rest and no bars close before it.
    """
    kinds = _KINDS.get(subject.family, MOVING)
    if beside_furniture:
        kinds = FLOORS
    chance = np.array([share for _, share in kinds])
    chosen = kinds[int(rng.choice(len(kinds), p=chance / chance.sum()))][0]
    return chosen(subject, rng, camera)


def _sheeted(
    subject: Subject,
    rng: np.random.Generator,
    size: tuple[float, float],
    place: tuple[float, float, float],
) -> Layer:
    pad = Pad(size, 0.1, 0.012, float(rng.uniform(0.003, 0.01)), corner=0.04)
    sheet = draw_cloth(rng, ("cotton", "cotton", "muslin", "jersey"), SHEETS, LINEN, (0.15, 0.4))
    top = laid(pad, subject, rng, place)
    return Layer((top.surface(Role.SUPPORT, sheet),), ("mattress", "sheet"), 0.1)


def _towel(subject: Subject, rng: np.random.Generator) -> Layer:
    """A cloth between the mat and the infant."""
    pad = Pad((0.42, 0.6), 0.004, 0.011, 0.005, corner=0.02, ragged=0.02)
    cloth = _drawn(rng, ("terry", "muslin", "cotton"), SHEETS)
    spread = laid(pad, subject, rng, (0.0, float(rng.uniform(-0.15, 0.05)), _turn(rng, 0.2)))
    return Layer((spread.surface(Role.SUPPORT, cloth),), ("towel",))


def _table(subject: Subject, rng: np.random.Generator, place: tuple[float, float, float]) -> Layer:
    size = np.array([rng.uniform(0.7, 1.0), rng.uniform(0.85, 1.2), 0.8])
    top = box(size, (place[0], place[1], -0.05 - 0.4)).turned(yaw(place[2]))
    wood = draw_flooring(rng, "wood")
    return Layer((_in_world(top, subject).surface(Role.BACKDROP, wood),), ("table",), 0.85)


def _drawn(
    rng: np.random.Generator,
    kinds: tuple[str, ...],
    prints: tuple[str, ...],
    tile_metres: tuple[float, float] = (0.15, 0.4),
) -> Material:
    return draw_cloth(rng, kinds, prints, tile_metres=tile_metres)


def _room_for(
    subject: Subject, rng: np.random.Generator, wide: tuple[float, float], long: tuple[float, float]
) -> tuple[float, float]:
    """Width and length of a mat that the person fits on."""
    return float(rng.uniform(*wide)), max(float(rng.uniform(*long)), subject.length + _AHEAD)


def _place(rng: np.random.Generator, stray: float, turn: float) -> tuple[float, float, float]:
    x, y = rng.uniform(-stray, stray, 2)
    return float(x), float(y), _turn(rng, turn)


def _turn(rng: np.random.Generator, most: float) -> float:
    return float(rng.uniform(-most, most))


def _in_world(mesh: Mesh, subject: Subject) -> Mesh:
    return Mesh(subject.in_world(mesh.vertices), mesh.faces, mesh.uv, mesh.tint)
