"""A carer's hands that pass over the infant, rest on them, hold a hand, a foot or the trunk."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.posed_body import PosedBody
from core.synthesis.camera import Camera
from core.synthesis.cloth.fabrics import draw_cloth
from core.synthesis.cloth.palettes import EVERYDAY
from core.synthesis.room.carers import Arm, Carers, carer_materials
from core.synthesis.room.layer import Layer
from core.synthesis.room.mesh import yaw
from core.synthesis.room.moment import Moment
from core.synthesis.room.subject import Subject, keypoint_index
from core.synthesis.surface import Material, Role, Surface

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Deed:
    """What a hand does: at which keypoints, how closed, metres over the skin.

    sway: metres that it moves to both sides and draws back, over and over, in passing.
    """

    name: str
    points: tuple[str, ...]
    grip: float
    lift: tuple[float, float]
    sway: tuple[float, float] = (0.0, 0.0)


_TRUNK = ("thorax", "pelvis", "left_knee", "right_knee")
_ENDS = ("left_ankle", "right_ankle", "left_wrist", "right_wrist")
DEEDS = (
    Deed("passes", _TRUNK, 0.3, (0.05, 0.15), (0.12, 0.7)),
    Deed("rests", _TRUNK, 0.12, (0.008, 0.02)),
    Deed("holds", _ENDS, 0.5, (-0.004, 0.002)),
    Deed("holds", _ENDS, 0.6, (-0.004, 0.002)),
)
_FOREARM = 0.3  # metres that the elbows of holding arms stay behind the palms
_SKY = np.array([0.0, 0.0, 1.0])
_TRIES = 10
_SWAY_S, _RETURN_S = 2.5, 6.0  # seconds from side to side and back, and until it comes again


@dataclass(frozen=True, eq=False)
class ReachingHand:
    """A hand that keeps to one of the infant's keypoints.

    rotation (3, 3) of the arm; shift (3,) metres from the keypoint to the palm; sway (3,) metres
    to both sides in passing; retreat (3,) metres by which it draws back half a time later.
    """

    arm: Arm
    rotation: Array
    keypoint: int
    shift: Array
    sway: Array
    retreat: Array
    materials: tuple[Material, Material]

    def at(self, moment: Moment) -> tuple[Surface, ...]:
        """Skin and sleeve in this frame."""
        aside = np.sin(2 * np.pi * moment.time_s / _SWAY_S)
        away = 0.5 - 0.5 * np.cos(2 * np.pi * moment.time_s / _RETURN_S)
        palm = moment.body.keypoints[self.keypoint] + self.shift
        place = palm + aside * self.sway + away * self.retreat
        return self.arm.posed(self.rotation, place, self.materials)


@dataclass(frozen=True, eq=False)
class HoldingHands:
    """Two hands that hold the trunk from both sides, below the armpits.

    elbows (2, 3): where the forearms come from; spread: metres between palm and skin.
    """

    arms: tuple[Arm, Arm]
    elbows: Array
    materials: tuple[Material, Material]
    spread: float

    def at(self, moment: Moment) -> tuple[Surface, ...]:
        """Both forearms in this frame, following the trunk."""
        flanks = _flanks(moment.body, self.spread)
        posed = [
            arm.posed(_facing(place - elbow, -side), place, self.materials)
            for arm, elbow, (place, side) in zip(self.arms, self.elbows, flanks, strict=True)
        ]
        return (*posed[0], *posed[1])


def draw_materials(rng: np.random.Generator) -> tuple[Material, Material]:
    """The carer's skin and sleeve."""
    cloth = draw_cloth(rng, ("cotton", "jersey", "knit", "denim"), ("plain", "melange", "stripes"),
                       EVERYDAY)  # fmt: skip
    return carer_materials(rng, cloth)


def reaching(subject: Subject, carers: Carers, camera: Camera, rng: np.random.Generator) -> Layer:
    """One hand that passes, rests on the infant or holds a hand or foot; nothing without room."""
    deed = DEEDS[int(rng.integers(len(DEEDS)))]
    index = keypoint_index(str(rng.choice(deed.points)))
    body = subject.bodies[0]
    rotation = _approach(body.keypoints[index], camera, rng, steep=(10, 40))
    if rotation is None:
        return Layer()
    arm = carers.arms(rng, deed.grip)[int(rng.integers(2))]
    lift = float(body.thickness[index]) + float(rng.uniform(*deed.lift))
    fingers, across, outwards = rotation.T
    sway = rng.choice([-1.0, 1.0]) * deed.sway[0] * across
    hand = ReachingHand(
        arm, rotation, index, lift * outwards, sway, -deed.sway[1] * fingers, draw_materials(rng)
    )
    return Layer(names=(f"carer's hand {deed.name}",), followers=(hand,))


def held(subject: Subject, carers: Carers, rng: np.random.Generator) -> Layer:
    """A carer who kneels behind the infant and holds its trunk with both hands."""
    materials, kneeler = draw_materials(rng), carers.kneeler(rng)
    left, right = carers.arms(rng, 0.3)
    front = subject.front * np.array([1.0, 1.0, 0.0])
    front /= max(float(np.linalg.norm(front)), 1e-9)
    turn = yaw(np.arctan2(front[1], front[0]) + np.pi / 2)
    elbows = kneeler.elbows @ turn.T
    palms = np.stack([place for place, _ in _flanks(subject.bodies[0], 0.0)]).mean(axis=0)
    spot = palms - front * _FOREARM - elbows.mean(axis=0)
    spot[2] = min(spot[2], 0.0)  # kneeling deeper, under the picture's edge, but never in the air
    hands = HoldingHands(
        (left.without_shoulder(), right.without_shoulder()), elbows + spot, materials, 0.004
    )
    hair = kneeler.hair.tinted(rng.uniform(0.02, 0.25) * np.array([1.0, 0.7, 0.5]))
    meshes = ((kneeler.skin, materials[0]), (kneeler.clothes, materials[1]), (hair, materials[1]))
    body = tuple(
        mesh.turned(turn).moved(spot).surface(Role.BACKDROP, material) for mesh, material in meshes
    )
    return Layer(body, ("carer holds the infant",), followers=(hands,))


def _approach(
    target: Array, camera: Camera, rng: np.random.Generator, steep: tuple[float, float]
) -> Array | None:
    """An arm's rotation with the palm down whose sleeve leaves the picture."""
    for _ in range(_TRIES):
        azimuth, slope = rng.uniform(-np.pi, np.pi), np.radians(rng.uniform(*steep))
        fingers = np.array([np.cos(azimuth) * np.cos(slope), np.sin(azimuth) * np.cos(slope),
                            -np.sin(slope)])  # fmt: skip
        back = target - fingers * np.linspace(0.25, 1.0, 6)[:, None]
        if _leaves(back, camera):
            return _facing(fingers, -_SKY)
    return None


def _leaves(path: Array, camera: Camera) -> bool:
    """Whether a way out of the scene crosses the picture's border before the lens."""
    seen = camera.project(path)
    outside = (seen < 0) | (seen > (camera.width, camera.height))
    depth = camera.to_camera(path)[:, 2]
    gone = np.flatnonzero(outside.any(axis=1))
    return len(gone) > 0 and bool((depth[: gone[0] + 1] > 0.25).all())


def _facing(fingers: Array, palm: Array) -> Array:
    """The rotation that turns an arm's +X along `fingers` and its palm (-Z) towards `palm`."""
    x = fingers / np.linalg.norm(fingers)
    z = -(palm - (palm @ x) * x)
    z /= np.linalg.norm(z)
    return np.stack([x, np.cross(z, x), z], axis=1)


def _flanks(body: PosedBody, spread: float) -> list[tuple[Array, Array]]:
    """Where palms hold the trunk at the infant's left and right, and the ways outwards there."""
    at = {name: body.keypoints[keypoint_index(name)]
          for name in ("pelvis", "neck", "left_shoulder", "right_shoulder")}  # fmt: skip
    spine = at["neck"] - at["pelvis"]
    up = spine / np.linalg.norm(spine)
    left = at["left_shoulder"] - at["right_shoulder"]
    left -= (left @ up) * up
    left /= np.linalg.norm(left)
    chest = at["pelvis"] + 0.6 * spine
    return [(chest + side * (_half_width(body, chest, side, up) + spread), side)
            for side in (left, -left)]  # fmt: skip


def _half_width(body: PosedBody, chest: Array, side: Array, up: Array) -> float:
    """Metres from the trunk's middle to its flank at the height of the chest."""
    away = body.vertices - chest
    height, across = away @ up, away @ side
    depth = np.linalg.norm(away - height[:, None] * up - across[:, None] * side, axis=1)
    slab = (np.abs(height) < 0.015) & (depth < 0.025) & (across > 0)
    # Arms that hang beside the trunk are farther out than the first gap.
    widths = np.sort(across[slab])
    gaps = np.flatnonzero(np.diff(widths) > 0.02)
    return float(widths[gaps[0]] if len(gaps) else widths[-1]) if len(widths) else 0.07
