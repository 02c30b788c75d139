"""The lines along which garments are cut, shared by infants' and adults' clothes."""

from collections.abc import Sequence

import numpy as np

from core.synthesis.body.parts import BodyPart
from core.synthesis.surface import Material
from core.synthesis.wardrobe.mesh.triangles import Vectors
from core.synthesis.wardrobe.sewing.pattern import Studs, Trim
from core.synthesis.wardrobe.template.anatomy import Anatomy, Field

FEET = (BodyPart.LEFT_FOOT, BodyPart.RIGHT_FOOT)
HANDS = (BodyPart.LEFT_HAND, BodyPart.RIGHT_HAND)

ARMS = tuple(part for part in BodyPart if part.name.endswith(("_ARM", "FOREARM", "HAND")))


def within(*fields: Field) -> Field:
    """Inside all of these lines."""
    return np.minimum.reduce(fields).astype(np.float32)


def either(*fields: Field) -> Field:
    """Inside any of these lines."""
    return np.maximum.reduce(fields).astype(np.float32)


def edging(anatomy: Anatomy, line: Field, width: float, material: Material) -> Trim:
    """A band along a hem, as wide as this share of the stature."""
    return Trim((width * anatomy.stature - line).astype(np.float32), material)


def open_front(anatomy: Anatomy, gap: float, flare: float) -> Field:
    """Outside an opening down the front, `gap` wide at the neck and wider by `flare` below."""
    points, neck = anatomy.points, anatomy.joints["neck"]
    half = gap * anatomy.stature + flare * np.maximum(neck[2] - points[:, 2], 0)
    behind = points[:, 1] - anatomy.joints["chest"][1]
    return either(np.abs(points[:, 0]) - half, behind)


def placket(anatomy: Anatomy, width: float, down_to: float) -> Field:
    """A strip down the middle of the front to this share of the trunk."""
    points = anatomy.points
    strip = width * anatomy.stature - np.abs(points[:, 0])
    front = anatomy.joints["chest"][1] - points[:, 1]
    return within(strip, front, anatomy.above(down_to))


def disc(anatomy: Anatomy, height: float, radius: float, squash: float = 1.0) -> Field:
    """A round patch on the front at this share of the trunk; radius in shares of the stature."""
    points = anatomy.points
    up = (anatomy.height - height * anatomy.trunk) / squash
    flat = radius * anatomy.stature - np.hypot(points[:, 0], up)
    return within(flat, anatomy.joints["chest"][1] - points[:, 1])


def whole(anatomy: Anatomy, parts: Sequence[BodyPart]) -> Field:
    """Positive on these parts and negative elsewhere, to say what a bag hides."""
    return ((anatomy.weight(*parts) - 0.5) * anatomy.stature).astype(np.float32)


def below_waist(anatomy: Anatomy, waist: float) -> Field:
    """What any skirt hides: the trunk from this share of it down to the hips."""
    return within(anatomy.below(waist), anatomy.above(0.0))


def front_studs(anatomy: Anatomy, count: int, material: Material, down_to: float = 0.12) -> Studs:
    """Poppers down the middle of the front from the neck to this share of the trunk."""
    height = np.linspace(0.93, down_to, count) * anatomy.trunk
    places = [_on_front(anatomy, 0.0, one) for one in height]
    return Studs(np.stack(places).astype(np.float32), 0.0075, material)


def leg_studs(anatomy: Anatomy, count: int, material: Material) -> Studs:
    """Poppers from the neck to the groin and on down the left leg, as on sleepsuits."""
    trunk = front_studs(anatomy, count, material)
    share = np.linspace(0.15, 0.9, count)[:, None]
    hip, ankle = anatomy.joints["left_hip"], anatomy.joints["left_ankle"]
    inner = hip + share * (ankle - hip) + (0, -0.06 * anatomy.stature, 0)
    inner[:, 0] *= 0.75
    return Studs(np.concatenate([trunk.places, inner]).astype(np.float32), trunk.radius, material)


def _on_front(anatomy: Anatomy, x: float, height: float) -> Vectors:
    """The foremost point of the trunk at a height over the hips."""
    near = (np.abs(anatomy.points[:, 0] - x) < 0.03 * anatomy.stature) & (
        np.abs(anatomy.height - height) < 0.035 * anatomy.stature
    )
    z = height + anatomy.joints["left_hip"][2]
    if not near.any():
        return np.array([x, anatomy.joints["chest"][1], z], np.float32)
    return np.array([x, anatomy.points[near, 1].min(), z], np.float32)
