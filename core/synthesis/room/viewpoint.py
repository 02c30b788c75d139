"""Where the camera stands: from which side, how high, how near, how it is held."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.synthesis.camera import Camera
from core.synthesis.room.mesh import bounds
from core.synthesis.room.subject import Subject

Array = NDArray[np.float64]

STEEPEST = 87.0  # degrees: straight down, `Camera.looking` no longer knows which way is up
_LEAST_HEIGHT = 0.07  # metres of the lens over the support
_CUT = 0.1  # how often the person is partly outside the picture
_CLOSEST = 0.22  # metres between lens and skin
_STEP = 0.75  # share of each correction: wide lenses would swing to and fro for long
_ROUNDS = 6  # of moving nearer or farther until the person fills their share
_POINTS = 500  # skin points that stand for the person when the picture is framed


@dataclass(frozen=True)
class View:
    """How a person is looked at; degrees unless said otherwise.

    name: plain words; azimuth: from where, about the vertical, 0 in front of someone upright or
    at the feet of someone lying, positive towards the person's left; elevation: above the ground;
    roll; field: vertical angle of view; share: how much of the picture's side the person's box
    covers; offset: how far the box lies off the middle, in shares of what is free beside it.
    """

    name: str
    azimuth: float
    elevation: float
    roll: float
    field: float
    share: float
    offset: tuple[float, float] = (0.0, 0.0)


def draw_view(subject: Subject, rng: np.random.Generator) -> View:
    """An ordinary view: as parents, clinics and phones take them."""
    drawn = _upright_view(subject, rng) if subject.is_upright else _lying_view(rng)
    name, azimuth, elevation, roll = drawn
    if rng.random() < 0.35:  # held in the hand
        roll += rng.normal(0, 6)
        name += ", hand-held"
    if rng.random() < 0.04:
        roll += rng.choice([-90.0, 90.0])
        name += ", turned by 90 degrees"
    is_cut = rng.random() < _CUT
    share = float(rng.uniform(1.0, 1.3) if is_cut else rng.uniform(0.5, 0.95))
    field = float(rng.uniform(25.0, 45.0 if is_cut else 72.0))
    offset = rng.uniform(-0.8, 0.8, 2)
    return View(name, azimuth, elevation, float(roll), field, share, (offset[0], offset[1]))


def placed(view: View, subject: Subject, size: tuple[int, int]) -> Camera:
    """The camera that takes this view of the person's whole movement; `size` width, height."""
    step = max(len(subject.points) // _POINTS, 1)
    points = subject.points[::step].astype(np.float64)
    outwards, aim = direction(view, subject), subject.middle
    focal = size[1] / 2 / np.tan(np.radians(view.field) / 2)
    distance = float(np.linalg.norm(subject.high - subject.low)) * focal / size[1] / view.share
    camera = Camera.looking(aim + outwards, aim, view.roll, float(focal), size)
    for _ in range(_ROUNDS):
        distance = max(distance, _nearest(points, aim, outwards))
        camera = replace(camera, position=_lifted(aim + outwards * distance))
        low, high = bounds(camera.project(points))
        free = np.maximum(np.array(size) - (high - low), 0.04 * np.array(size))
        wanted = np.array(size) / 2 + np.array(view.offset) * free / 2
        # What is nearest to the lens looms largest: it is its distance that counts.
        before = 0.7 * (_nearest(points, aim, outwards) - _CLOSEST)
        off = ((low + high) / 2 - wanted) * (distance - before) / focal
        aim = aim + _STEP * off @ camera.rotation[:2]
        ratio = float(((high - low) / size).max()) / view.share
        distance = before + (distance - before) * ratio**_STEP
    distance = max(distance, _nearest(points, aim, outwards))
    return replace(camera, position=_lifted(aim + outwards * distance))


def _lifted(position: Array) -> Array:
    """Not below the least height over the support."""
    return np.array([position[0], position[1], max(position[2], _LEAST_HEIGHT)])


def direction(view: View, subject: Subject) -> Array:
    """Unit vector (3,) from the person towards the camera."""
    # In the ground frame +Y is headwards (lying) or frontwards (upright).
    front = 1.0 if subject.is_upright else -1.0
    azimuth, elevation = np.radians(view.azimuth), np.radians(view.elevation)
    left = _left_sign(subject)
    flat = np.array([left * np.sin(azimuth), front * np.cos(azimuth), 0.0]) * np.cos(elevation)
    c, s = np.cos(subject.heading), np.sin(subject.heading)
    return np.array([c * flat[0] - s * flat[1], s * flat[0] + c * flat[1], np.sin(elevation)])


def _nearest(points: Array, aim: Array, outwards: Array) -> float:
    """The least distance at which all of the person is well before the lens."""
    return float(((points - aim) @ outwards).max()) + _CLOSEST


def _left_sign(subject: Subject) -> float:
    """Whether the person's left lies towards +X (1) or -X of their ground frame."""
    across = subject.keypoint("left_shoulder") - subject.keypoint("right_shoulder")
    c, s = np.cos(subject.heading), np.sin(subject.heading)
    return 1.0 if c * across[0] + s * across[1] >= 0 else -1.0


def _lying_view(rng: np.random.Generator) -> tuple[str, float, float, float]:
    """Name, azimuth, elevation and roll for an infant on its back, front or side."""
    kind = rng.choice(5, p=[0.46, 0.25, 0.16, 0.08, 0.05])
    if kind == 0:
        turn = rng.choice(4, p=[0.62, 0.15, 0.15, 0.08])
        azimuth = rng.normal(0, 14) + (0.0, 90.0, -90.0, 180.0)[turn]
        return "from above", float(azimuth), float(rng.uniform(68, STEEPEST)), 0.0
    if kind == 1:
        return "from the feet", float(rng.normal(0, 22)), float(rng.uniform(25, 65)), 0.0
    if kind == 2:
        side = rng.choice([-1.0, 1.0]) * rng.uniform(55, 115)
        return "from the side", float(side), float(rng.uniform(25, 65)), 0.0
    if kind == 3:
        side = rng.uniform(-110, 110)
        return "low over the mat", float(side), float(rng.uniform(8, 25)), 0.0
    return "from the head", float(180 + rng.normal(0, 30)), float(rng.uniform(35, 70)), 0.0


def _upright_view(subject: Subject, rng: np.random.Generator) -> tuple[str, float, float, float]:
    """The same for someone who sits or stands."""
    odds = [0.7, 0.3, 0.0, 0.0] if subject.family == "held" else [0.55, 0.27, 0.08, 0.1]
    kind = rng.choice(4, p=odds)
    steep = (2.0, 35.0) if subject.is_infant else (-3.0, 22.0)
    elevation = float(rng.uniform(*steep))
    if kind == 0:
        return "from the front", float(rng.normal(0, 28)), elevation, 0.0
    if kind == 1:
        side = rng.choice([-1.0, 1.0]) * rng.uniform(35, 75 if subject.family == "held" else 120)
        return "from the side", float(side), elevation, 0.0
    if kind == 2:
        return "from behind", float(180 + rng.normal(0, 30)), elevation, 0.0
    return "from high up", float(rng.uniform(-90, 90)), float(rng.uniform(35, 65)), 0.0
