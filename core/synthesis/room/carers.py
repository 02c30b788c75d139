"""Grown-ups, cut out of the body model: arms that reach into pictures, bodies that kneel."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.body_model import BodyModel
from core.synthesis.body.parts import BodyPart
from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS, BodyPose
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.room.mesh import Mesh, bounds
from core.synthesis.room.solids import ball, tube
from core.synthesis.surface import TILE, Material, Role, Surface

GRIPS = (0.12, 0.3, 0.45, 0.6)  # from flat to closed
_SKINS = ((236, 200, 178), (222, 178, 150), (198, 150, 118), (150, 104, 76), (100, 68, 50))
_BUILDS = (Physique(360, 1.0, 0.5, 0.4), Physique(480, 0.0, 0.5, 0.5))  # mothers and fathers
_KNEELING = {"root": 8.0, "chest": 8.0, "neck": 12.0, "hip": -12.0, "knee": 85.0, "shoulder": -35.0}
_BARE = (BodyPart.LEFT_FOOT, BodyPart.RIGHT_FOOT)
_CLOTHED = (BodyPart.TORSO, BodyPart.LEFT_UPPER_ARM, BodyPart.RIGHT_UPPER_ARM, BodyPart.LEFT_THIGH,
            BodyPart.RIGHT_THIGH, BodyPart.LEFT_SHANK, BodyPart.RIGHT_SHANK)  # fmt: skip
_CUFF = 0.006  # metres between arm and sleeve
_ELBOW = 0.38  # metres from palm to elbow
_REACH = 1.1  # metres that a sleeve goes on behind the wrist


@dataclass(frozen=True, eq=False)
class Arm:
    """A hand with its forearm and sleeve.

    Frame: origin in the middle of the palm's skin, +X along the fingers, -Z out of the palm. The
    sleeve runs towards -X beyond any picture's border.
    """

    skin: Mesh
    sleeve: Mesh

    def without_shoulder(self) -> "Arm":
        """The arm cut off behind the elbow."""
        kept = self.skin.vertices[:, 0] > -_ELBOW
        faces = self.skin.faces[kept[self.skin.faces].all(axis=1)]
        near = np.maximum(self.sleeve.vertices, np.array([-_ELBOW, -9.0, -9.0], np.float32))
        return Arm(replace(self.skin, faces=faces), replace(self.sleeve, vertices=near))

    def posed(
        self, rotation: NDArray, place: NDArray, materials: tuple[Material, Material]
    ) -> tuple[Surface, ...]:
        """The arm turned by (3, 3) and moved by (3,), in a material for skin and one for cloth."""
        return tuple(
            mesh.turned(rotation).moved(place).surface(Role.OCCLUDER, material)
            for mesh, material in zip((self.skin, self.sleeve), materials, strict=True)
        )


@dataclass(frozen=True, eq=False)
class Kneeler:
    """A grown-up without forearms who kneels on z = 0 about the origin and faces -Y.

    elbows (2, 3): left and right.
    """

    skin: Mesh
    clothes: Mesh
    hair: Mesh
    elbows: NDArray[np.float64]


class Carers:
    """Two adults in the poses that rooms need, each made when first asked for."""

    def __init__(self, model: BodyModel) -> None:
        """Keep the model; making one adult's parts takes a few hundredths of a second."""
        self._model = model
        self._arms: dict[tuple[int, float], tuple[Arm, Arm]] = {}
        self._kneelers: dict[int, Kneeler] = {}

    def arms(self, rng: np.random.Generator, grip: float) -> tuple[Arm, Arm]:
        """Left and right arm of a drawn adult with the nearest of GRIPS."""
        nearest = min(GRIPS, key=lambda one: abs(one - grip))
        key = (int(rng.integers(len(_BUILDS))), nearest)
        if key not in self._arms:
            body = self._posed(key[0], _hanging(nearest))
            self._arms[key] = (self._arm(body, "left"), self._arm(body, "right"))
        return self._arms[key]

    def kneeler(self, rng: np.random.Generator) -> Kneeler:
        """A drawn adult on their knees."""
        build = int(rng.integers(len(_BUILDS)))
        if build not in self._kneelers:
            self._kneelers[build] = self._kneeling(self._posed(build, _on_knees()))
        return self._kneelers[build]

    def _posed(self, build: int, pose: BodyPose) -> PosedBody:
        return self._model.shaped(_BUILDS[build]).posed(pose)

    def _kneeling(self, body: PosedBody) -> Kneeler:
        origin = np.array([*body.joints[0][:2], body.vertices[:, 2].min()])
        points = (body.vertices - origin).astype(np.float32)
        clothed = (points + 0.012 * body.normals).astype(np.float32)
        head = points[np.unique(self._model.faces[self._model.parts == BodyPart.HEAD])]
        low, high = bounds(head)
        # A cap of hair that leaves the face, which looks along -Y, free.
        cap = ball((high - low) * (0.56, 0.45, 0.42)).moved((low + high) / 2 + (0, 0.035, 0.05))
        elbows = body.joints[[JOINTS.index("left_elbow"), JOINTS.index("right_elbow")]] - origin
        skin = self._cut(points, (BodyPart.HEAD, *_BARE))
        return Kneeler(skin, self._cut(clothed, _CLOTHED), cap, elbows)

    def _cut(self, points: NDArray, parts: tuple[BodyPart, ...]) -> Mesh:
        """The faces of these parts."""
        faces = self._model.faces[np.isin(self._model.parts, parts)]
        used, renumbered = np.unique(faces, return_inverse=True)
        kept = points[used]
        return Mesh.of(kept, renumbered.reshape(-1, 3), kept[:, [0, 2]])

    def _arm(self, body: PosedBody, side: str) -> Arm:
        parts = tuple(
            BodyPart[f"{side.upper()}_{name}"] for name in ("HAND", "FOREARM", "UPPER_ARM")
        )
        wrist = body.joints[JOINTS.index(f"{side}_wrist")]
        sign = 1.0 if side == "left" else -1.0
        # The hanging arm points down with its palm towards the thigh.
        turn = np.array([[0.0, 0.0, -1.0], [0.0, sign, 0.0], [sign, 0.0, 0.0]])
        whole = self._cut(body.vertices - wrist.astype(np.float32), parts).turned(turn)
        at = whole.vertices
        palm = at[(at[:, 0] > 0.02) & (at[:, 0] < 0.045)]  # no finger bends there
        skin = whole.moved((-0.07, -palm[:, 1].mean(), -palm[:, 2].min()))
        return Arm(skin, _sleeve(skin.vertices))


def _hanging(grip: float) -> BodyPose:
    return BodyPose(np.tile(np.eye(3), (len(JOINTS), 1, 1)), (grip, grip))


def _on_knees() -> BodyPose:
    """Thighs upright, shanks back along the floor, bent forward a little."""
    pose = _hanging(0.3)
    for joint, degrees in _KNEELING.items():
        for name in (joint,) if joint in JOINTS else (f"left_{joint}", f"right_{joint}"):
            pose.rotations[JOINTS.index(name)] = _pitch(degrees)
    return pose


def _pitch(degrees: float) -> NDArray[np.float64]:
    """Turned about the axis from right to left: positive bends a trunk forward."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def carer_materials(rng: np.random.Generator, cloth: Material) -> tuple[Material, Material]:
    """A carer's skin beside the cloth of the sleeve."""
    tone = np.array(_SKINS[int(rng.integers(len(_SKINS)))]) * rng.uniform(0.93, 1.03)
    skin = np.broadcast_to(tone.clip(0, 250).astype(np.uint8), (TILE, TILE, 3))
    return Material(np.ascontiguousarray(skin), gloss=0.12), cloth


def _sleeve(arm: NDArray) -> Mesh:
    """A tube around the arm from above the wrist on."""
    stations = np.arange(-0.17, -0.62, -0.03)
    middles, radii = [], []
    for x in stations:
        ring = arm[np.abs(arm[:, 0] - x) < 0.025]
        middle = np.mean(bounds(ring), axis=0)
        middles.append([x, *middle[1:]])
        radii.append(np.linalg.norm(ring[:, 1:] - middle[1:], axis=1).max() + _CUFF)
    radii = np.maximum.accumulate(np.array(radii)) * (1 + 0.03 * np.sin(stations * 90))
    along = np.array(middles[-1]) - np.array(middles[0])
    end = np.array(middles[0]) + along * (_REACH / np.linalg.norm(along))
    return tube([*middles, end], [*radii, radii[-1] * 1.1], sides=14)
