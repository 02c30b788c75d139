"""Where on the body a point of the skin lies, so that garments can be cut along smooth lines.

All of it is measured once on a template with arms and legs spread, in which a sleeve's hem, a
waist or the leg of a brief are plain surfaces in space; other people share the topology, so the
same vertices lie at the same places of their bodies.
"""

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.body_model import BodyModel
from core.synthesis.body.parts import BodyPart
from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS, BodyPose
from core.synthesis.body.rotations import about
from core.synthesis.wardrobe.mesh.triangles import Vectors, neighbours_of

Field = NDArray[np.floating]  # (V,) metres, positive inside

INFANT = Physique(months=6)
ADULT = Physique(months=360)
SPREAD_DEGREES = {"shoulder": 75.0, "hip": 12.0}


class Anatomy:
    """One template and what is measured on it.

    points and normals (V, 3) float32 of the spread template; joints by name; along_arm and
    along_leg (V,) metres from shoulder and hip down the limb, negative on the trunk; height (V,)
    metres above the hip joints; stature in metres.
    """

    def __init__(self, model: BodyModel, physique: Physique) -> None:
        """Pose the template of this physique and measure it."""
        self.model = model
        body = model.shaped(physique).posed(_spread())
        self.stature = float(np.ptp(body.rest_vertices[:, 2]))
        self.points, self.normals = body.vertices, body.normals
        self.rest = body.rest_vertices
        self.neighbours = neighbours_of(model.faces, len(self.points))
        self.joints: dict[str, Vectors] = dict(
            zip(JOINTS, body.joints.astype(np.float32), strict=True)
        )
        self.arm_lengths, self.arm_axis, self.along_arm = self._limb("shoulder", "elbow", "wrist")
        self.leg_lengths, self.leg_axis, self.along_leg = self._limb("hip", "knee", "ankle")
        self.height = self.points[:, 2] - self.joints["left_hip"][2]
        self.trunk = float(self.joints["neck"][2] - self.joints["left_hip"][2])
        # Spread legs lie under the arms and would count as far along them.
        self.along_arm = np.where(self.height < 0.35 * self.trunk, -0.1, self.along_arm)
        self.crotch = self._crotch()

    def weight(self, *parts: BodyPart) -> Field:
        """How much each vertex belongs to these parts, 0..1."""
        chosen = np.zeros(len(BodyPart), np.float32)
        chosen[list(parts)] = 1
        return self.model.part_weights @ chosen

    def moved_by(self, bone: str) -> NDArray[np.int64]:
        """The vertices that follow a bone of the model more than all others."""
        return np.flatnonzero(self.model.weights[:, self.model.bones.index(bone)] > 0.5)

    def above(self, share: float) -> Field:
        """Higher than this share of the trunk (0 hip joints .. 1 neck)."""
        return self.height - share * self.trunk

    def below(self, share: float) -> Field:
        """Lower than this share of the trunk."""
        return -self.above(share)

    def sleeve(self, length: float) -> Field:
        """Nearer to the trunk than this along the arm (0 shoulder, 1 elbow, 2 wrist)."""
        return _metres(length, self.arm_lengths) - self.along_arm

    def leg(self, length: float) -> Field:
        """Nearer to the trunk than this along the leg (0 hip, 1 knee, 2 ankle)."""
        return _metres(length, self.leg_lengths) - self.along_leg

    def armhole(self, width: float) -> Field:
        """Inside the armholes of a sleeveless top; `width` 1 reaches the shoulder joints."""
        shoulder = self.joints["left_shoulder"]
        outward = np.abs(self.points[:, 0]) - width * shoulder[0]
        return -(outward + 0.25 * (self.points[:, 2] - shoulder[2])).astype(np.float32)

    def neckline(self, radius: float, drop: float) -> Field:
        """Below a neckline: its radius in shares of the shoulders' half width, its slope."""
        neck, shoulder = self.joints["neck"], self.joints["left_shoulder"]
        away = self.points - neck
        reach = radius * float(shoulder[0])
        bowl = (away[:, 0] ** 2 + 0.8 * away[:, 1] ** 2 - reach**2) / (1.6 * reach)
        head = self.weight(BodyPart.HEAD)
        return (bowl - away[:, 2] + drop * away[:, 1] - 0.4 * self.stature * head).astype(
            np.float32
        )

    def brief(self, tilt: float, width: float) -> Field:
        """Above the leg openings: `width` of the crotch in shares of the hips' half width."""
        half = width * float(self.joints["left_hip"][0])
        line = self.crotch[2] + tilt * (np.abs(self.points[:, 0]) - half)
        return ((self.points[:, 2] - line) / np.hypot(1, tilt)).astype(np.float32)

    def _limb(self, *names: str) -> tuple[tuple[float, float], NDArray[np.floating], Field]:
        start, middle, end = (self.joints[f"left_{name}"] for name in names)
        axis = (end - start) / np.linalg.norm(end - start)
        mirrored = self.points * np.where(self.points[:, :1] < 0, [-1, 1, 1], 1).astype(np.float32)
        lengths = float((middle - start) @ axis), float((end - middle) @ axis)
        return lengths, axis, ((mirrored - start) @ axis).astype(np.float32)

    def _crotch(self) -> NDArray[np.floating]:
        middle = np.abs(self.points[:, 0]) < 0.004 * self.stature
        low = np.flatnonzero(middle & (self.height < 0.2 * self.trunk))
        return self.points[low[self.points[low, 2].argmin()]]


def _metres(length: float, lengths: tuple[float, float]) -> float:
    return min(length, 1.0) * lengths[0] + max(length - 1.0, 0.0) * lengths[1]


def _spread() -> BodyPose:
    rotations = np.tile(np.eye(3), (len(JOINTS), 1, 1))
    for name, degrees in SPREAD_DEGREES.items():
        rotations[JOINTS.index(f"left_{name}")] = about((0, 1, 0), -degrees)
        rotations[JOINTS.index(f"right_{name}")] = about((0, 1, 0), degrees)
    return BodyPose(rotations, grip=(0.0, 0.0))
