"""A sleeping bag: legs and belly inside one sack, its print quilted or plain."""

import numpy as np

from core.synthesis.body.parts import BodyPart
from core.synthesis.body.pose import JOINTS
from core.synthesis.surface import Material, Role, Surface
from core.synthesis.wardrobe.mesh.hull import Globe
from core.synthesis.wardrobe.mesh.triangles import Vectors
from core.synthesis.wardrobe.template.anatomy import Anatomy
from core.synthesis.wardrobe.template.wearer import Wearer

_ROWS, _COLUMNS = 26, 30
_MOST_POINTS = 360
_LEGS = tuple(part for part in BodyPart if part >= BodyPart.LEFT_THIGH)


class Sack:
    """The part of a sleeping bag below the chest."""

    def __init__(self, anatomy: Anatomy, margin: float, spare: float, material: Material) -> None:
        """margin: distance from the body; spare: how far it reaches beyond the feet; of stature."""
        self._margin, self._spare, self._material = margin, spare, material
        self._globe = Globe.of(_ROWS, _COLUMNS)
        legs = anatomy.weight(*_LEGS) > 0.5
        belly = (anatomy.weight(BodyPart.TORSO) > 0.5) & (anatomy.height < 0.5 * anatomy.trunk)
        inside = np.flatnonzero(legs | belly)
        self._points = inside[:: -(-len(inside) // _MOST_POINTS)]
        self._legs = np.flatnonzero(legs)[::20]
        self._of_point = anatomy.model.part_weights[self._points].argmax(axis=1)

    def surfaces(self, wearer: Wearer) -> list[Surface]:
        """The sack in one frame; each face counts as the part of the body nearest to it."""
        size = wearer.anatomy.stature * wearer.scale
        points, frame = wearer.posed.vertices[self._points], self._frame(wearer)
        beyond = points.mean(axis=0) + frame[0] * (
            ((points - points.mean(axis=0)) @ frame[0]).max() + self._spare * size
        )
        globe = self._globe
        sack = globe.around(np.concatenate([points, [beyond]]), frame, self._margin * size)
        corner = sack[globe.faces[:, 0]]
        gaps = (points**2).sum(axis=1) - 2 * corner @ points.T
        parts = self._of_point[gaps.argmin(axis=1)].astype(np.uint8)
        uv = np.stack([globe.turn * 0.16 * size, globe.polar * 0.2 * size], axis=1)
        return [
            Surface(
                sack.astype(np.float32), globe.faces, uv.astype(np.float32), Role.CLOTHES,
                self._material, parts,
            )
        ]  # fmt: skip

    def _frame(self, wearer: Wearer) -> Vectors:
        """Axes as rows: from the chest to the legs, to the left, and across."""
        joints = wearer.posed.joints
        ahead = wearer.landmark(self._legs) - joints[JOINTS.index("chest")]
        ahead /= np.linalg.norm(ahead)
        left = joints[JOINTS.index("left_hip")] - joints[JOINTS.index("right_hip")]
        left -= ahead * (left @ ahead)
        left /= np.linalg.norm(left)
        return np.stack([ahead, left, np.cross(ahead, left)]).astype(np.float32)
