"""The body: a person of any age, put into any pose, with skin and keypoints."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.anny_export import CAVITIES, REGIONS, Arrays
from core.synthesis.body.body_store import load_arrays
from core.synthesis.body.bone_drive import BoneDrive, heads_after
from core.synthesis.body.bone_map import head_bone, part_of
from core.synthesis.body.hands import Fingers
from core.synthesis.body.head_size import enlarged, head_factor
from core.synthesis.body.keypoint_regressor import KeypointRegressor
from core.synthesis.body.padding import padded
from core.synthesis.body.parts import BodyPart
from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS, BodyPose
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.body.skin import Skin
from core.synthesis.body.stature import Phenotype, stature_of
from core.synthesis.body.zero_pose import to_zero_pose

Array = NDArray[np.float64]


class BodyModel:
    """What all bodies share.

    faces (F, 3) int32, counter-clockwise seen from outside; parts (F,) uint8 of BodyPart; region
    (F,) int8 index into `anny_export.REGIONS` (eyes, mouth) or -1; weights (V, B) float32 of the
    `bones`; part_weights (V, parts) the same summed over each BodyPart; surface (S,) vertices that
    can be seen from outside (not mouth or eye sockets); skin computes normals of this topology.
    """

    def __init__(self, arrays: Arrays) -> None:
        """The arrays of `export_arrays`."""
        self.faces: NDArray[np.int32] = arrays["faces"]
        self.parts: NDArray[np.uint8] = arrays["parts"]
        self.region: NDArray[np.int8] = arrays["region"]
        self.weights: NDArray[np.float32] = arrays["weights"]
        self.bones: tuple[str, ...] = tuple(str(bone) for bone in arrays["bones"])
        self.parents: NDArray[np.int32] = arrays["parents"]
        self.weights_by_bone = np.ascontiguousarray(self.weights.T)
        self.skin = Skin(self.faces, len(self.weights))
        self.drive = BoneDrive(self.bones)
        self.keypoints = KeypointRegressor(arrays["coco"])
        self.expressions: NDArray[np.float32] = arrays["expressions"]
        self._template, self._shapes = arrays["template"], arrays["shapes"]
        self._bone_template, self._bone_shapes = arrays["bone_template"], arrays["bone_shapes"]
        self._phenotype = Phenotype(arrays)
        self.joint_bones = np.array([self.bones.index(head_bone(joint)) for joint in JOINTS])
        self.part_weights = _part_weights(self.weights, self.bones)
        self._on_head = np.array([part_of(bone) == BodyPart.HEAD for bone in self.bones], float)
        ends = _ends(self._template)
        self._ends, self._end_shapes = self._template[ends, 2], self._shapes[:, ends, 2]
        self.surface = _on_the_surface(self.faces, self.region, len(self.weights))

    @staticmethod
    def load() -> "BodyModel":
        """The model; the first time on a machine this takes a minute.

        Raises:
            BadInput: the extra `synthetic` is not installed.
            NoSpace: the cache folder cannot be written.
        """
        return BodyModel(load_arrays())

    def shaped(self, physique: Physique) -> "ShapedBody":
        """A person of this physique; make it once and pose it often."""
        wanted = stature_of(physique)
        height = self._height_value(physique, wanted.length) if wanted else physique.height
        coefficients = self._phenotype.coefficients(physique, height)
        vertices = self._rest(coefficients)
        heads = self._bone_template + np.tensordot(coefficients, self._bone_shapes, 1)
        if wanted is not None:
            vertices, heads = self._with_infant_head(vertices, heads, physique.months)
            scale = wanted.length / float(np.ptp(vertices[:, 2]))
            vertices, heads = vertices * np.float32(scale), heads * scale
            vertices = padded(vertices, self.skin, self.part_weights, wanted.mass)
        return ShapedBody(self, physique, vertices, heads)

    def _with_infant_head(
        self, vertices: NDArray[np.float32], heads: Array, months: float
    ) -> tuple[NDArray[np.float32], Array]:
        factor = head_factor(months)
        pivot = heads[self.bones.index("head")]
        larger = enlarged(vertices, self.part_weights[:, BodyPart.HEAD], pivot, factor)
        return larger.astype(np.float32), enlarged(heads, self._on_head, pivot, factor)

    def _height_value(self, physique: Physique, length: float) -> float:
        """Anny's height value at which the person has this length; linear between two trials."""
        low, high = (
            float(
                np.ptp(
                    self._ends + self._phenotype.coefficients(physique, value) @ self._end_shapes
                )
            )
            for value in (0.0, 1.0)
        )
        return (length - low) / (high - low)

    def _rest(self, coefficients: Array) -> NDArray[np.float32]:
        flat = coefficients.astype(np.float32) @ self._shapes.reshape(len(self._shapes), -1)
        return self._template + flat.reshape(-1, 3)


class ShapedBody:
    """One person, not posed yet: rest skin, bones and the way to the zero pose."""

    def __init__(
        self,
        model: BodyModel,
        physique: Physique,
        vertices: NDArray[np.float32],
        heads: Array,
    ) -> None:
        """Skin (V, 3) and bones' heads (B, 3) in Anny's rest, metres."""
        self.model = model
        self.physique = physique
        self._vertices, self._heads = vertices, heads
        self._to_zero = to_zero_pose(model.bones, heads)
        self._fingers = Fingers(model.bones, heads)
        self._face_scale = float(np.ptp(vertices[:, 2])) / 1.7 * 1.6  # an infant's head is large
        zero = self._skinned(BodyPose(np.tile(np.eye(3), (len(JOINTS), 1, 1)), grip=(0.25, 0.25)))
        floor = np.array([0.0, 0.0, -float(zero.vertices[:, 2].min())])
        self.zero_vertices = zero.vertices + floor.astype(np.float32)
        self.zero_joints = zero.heads[model.joint_bones] + floor
        keypoints = model.keypoints(self.zero_vertices)
        self.thickness = model.keypoints.thickness(keypoints, self.zero_vertices[model.surface])

    def posed(self, pose: BodyPose) -> PosedBody:
        """The person in a pose, its root where it stands in the zero pose."""
        skinned = self._skinned(pose)
        shift = self.zero_joints[0] - skinned.heads[self.model.joint_bones[0]]
        vertices = skinned.vertices + shift.astype(np.float32)
        return PosedBody(
            physique=self.physique,
            pose=pose,
            vertices=vertices,
            normals=self.model.skin.normals(vertices),
            rest_vertices=self.zero_vertices,
            joints=skinned.heads[self.model.joint_bones] + shift,
            keypoints=self.model.keypoints(vertices),
            thickness=self.thickness,
        )

    def joints(self, pose: BodyPose) -> Array:
        """Where the joints (19, 3) of `posed(pose)` lie, without moving any skin."""
        heads = heads_after(self._bone_rotations(pose), self._heads, self.model.parents)
        joints = heads[self.model.joint_bones]
        return joints - joints[0] + self.zero_joints[0]

    def _bone_rotations(self, pose: BodyPose) -> Array:
        rotations = self.model.drive.rotations(pose) @ self._to_zero
        fingers = self._fingers
        rotations[fingers.index] = rotations[fingers.index] @ fingers.rotations(pose.grip)
        return rotations

    def _skinned(self, pose: BodyPose) -> "_Skinned":
        rotations = self._bone_rotations(pose)
        heads = heads_after(rotations, self._heads, self.model.parents)
        shifts = heads - np.einsum("bij,bj->bi", rotations, self._heads)
        moves = np.concatenate([rotations, shifts[..., None]], axis=-1).astype(np.float32)
        rows = np.ascontiguousarray(moves.reshape(len(moves), 12).T) @ self.model.weights_by_bone
        x, y, z = np.ascontiguousarray((self._vertices + self._expression(pose)).T)
        vertices = np.stack(
            [a * x + b * y + c * z + d for a, b, c, d in (rows[0:4], rows[4:8], rows[8:12])],
            axis=1,
        )
        return _Skinned(vertices, heads)

    def _expression(self, pose: BodyPose) -> NDArray[np.float32]:
        closed = 1 - pose.eyes
        amounts = np.array([pose.mouth, closed, closed], np.float32) * self._face_scale
        return np.tensordot(amounts, self.model.expressions, 1)


@dataclass(frozen=True, eq=False)
class _Skinned:
    """vertices (V, 3) float32 and bones' heads (B, 3), metres."""

    vertices: NDArray[np.float32]
    heads: Array


def _part_weights(weights: NDArray[np.float32], bones: tuple[str, ...]) -> NDArray[np.float32]:
    """How much each vertex belongs to each BodyPart, (V, parts)."""
    columns = np.zeros((len(bones), len(BodyPart)), np.float32)
    columns[np.arange(len(bones)), [part_of(bone) for bone in bones]] = 1
    return weights @ columns


def _ends(template: NDArray[np.float32]) -> NDArray[np.int64]:
    """Vertices among which everybody's crown and soles are."""
    order = np.argsort(template[:, 2])
    return np.concatenate([order[:200], order[-200:]])


def _on_the_surface(
    faces: NDArray[np.int32], region: NDArray[np.int8], count: int
) -> NDArray[np.int64]:
    inside = np.isin(region, [REGIONS.index(name) for name in CAVITIES])
    return np.setdiff1d(np.arange(count), faces[inside])
