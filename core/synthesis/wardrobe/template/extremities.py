"""Bags for hands and feet: mittens, socks, the feet of sleepsuits, shoes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.parts import BodyPart
from core.synthesis.wardrobe.mesh.hull import Globe
from core.synthesis.wardrobe.mesh.triangles import Vectors
from core.synthesis.wardrobe.template.anatomy import Anatomy
from core.synthesis.wardrobe.template.wearer import Wearer

_MOST_POINTS = 220  # that are measured of one hand or foot


@dataclass(frozen=True, eq=False)
class Extremity:
    """A hand or foot of the topology.

    points: vertices that the bag goes around; root, tip and side: vertices whose middles tell how
    it is turned (side: the thumb's, or the instep's).
    """

    part: BodyPart
    points: NDArray[np.int64]
    root: NDArray[np.int64]
    tip: NDArray[np.int64]
    side: NDArray[np.int64]

    def frame(self, wearer: Wearer) -> Vectors:
        """Axes as rows: towards the tip, towards the side, and across."""
        root = wearer.landmark(self.root)
        ahead = _unit(wearer.landmark(self.tip) - root)
        aside = wearer.landmark(self.side) - root
        aside = _unit(aside - ahead * (aside @ ahead))
        return np.stack([ahead, aside, np.cross(ahead, aside)])


@dataclass(frozen=True, eq=False)
class Bag:
    """A closed bag around one extremity, with its margin in metres on the template."""

    extremity: Extremity
    globe: Globe
    margin: float

    def vertices(self, wearer: Wearer) -> Vectors:
        """Where it lies, (N, 3) float32."""
        points = wearer.posed.vertices[self.extremity.points]
        frame = self.extremity.frame(wearer)
        return self.globe.around(points, frame, self.margin * wearer.scale).astype(np.float32)

    def uv(self, size: float) -> NDArray[np.floating]:
        """Metres along the cloth for a bag about as wide as `size`."""
        globe = self.globe
        return np.stack([globe.turn * 0.8 * size, globe.polar * size], axis=1).astype(np.float32)


def feet_of(anatomy: Anatomy) -> tuple[Extremity, Extremity]:
    """The left and the right foot, from the ankle down."""
    low = anatomy.along_leg > 0.985 * sum(anatomy.leg_lengths)
    return _foot(anatomy, BodyPart.LEFT_FOOT, low), _foot(anatomy, BodyPart.RIGHT_FOOT, low)


def hands_of(anatomy: Anatomy) -> tuple[Extremity, Extremity]:
    """The left and the right hand, from the wrist on."""
    far = anatomy.along_arm > 1.01 * sum(anatomy.arm_lengths)
    return _hand(anatomy, BodyPart.LEFT_HAND, far), _hand(anatomy, BodyPart.RIGHT_HAND, far)


def _foot(anatomy: Anatomy, part: BodyPart, low: NDArray[np.bool_]) -> Extremity:
    side = part.name[0]
    points = np.flatnonzero(low & (anatomy.weight(part) > 0.5))
    rear = points[np.argsort(anatomy.points[points, 1])[-30:]]
    top = points[np.argsort(anatomy.along_leg[points])[:30]]
    toes = anatomy.moved_by(f"toe3-1.{side}")
    return Extremity(part, _thinned(points), rear, toes, top)


def _hand(anatomy: Anatomy, part: BodyPart, far: NDArray[np.bool_]) -> Extremity:
    side = part.name[0]
    points = np.flatnonzero(far & (anatomy.weight(part) > 0.5))
    palm = anatomy.moved_by(f"metacarpal2.{side}")
    wrist, thumb = anatomy.moved_by(f"wrist.{side}"), anatomy.moved_by(f"finger1-1.{side}")
    return Extremity(part, _thinned(points), wrist, palm, thumb)


def _thinned(points: NDArray[np.int64]) -> NDArray[np.int64]:
    return points[:: -(-len(points) // _MOST_POINTS)]


def _unit(vector: Vectors) -> Vectors:
    return vector / np.linalg.norm(vector)
