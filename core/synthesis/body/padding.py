"""Baby fat: Anny's infants are leaner than the growth charts, so limbs and trunk are padded."""

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.parts import BodyPart
from core.synthesis.body.skin import Skin

_DENSITY = 1000.0  # kg per cubic metre
_MOST = 0.009  # metres; beyond this the limbs lose their shape
_LEAST = -0.003

# How much of the padding a part takes.
_SHARES = {
    BodyPart.TORSO: 0.7,
    BodyPart.LEFT_UPPER_ARM: 0.9, BodyPart.RIGHT_UPPER_ARM: 0.9,
    BodyPart.LEFT_FOREARM: 0.8, BodyPart.RIGHT_FOREARM: 0.8,
    BodyPart.LEFT_THIGH: 1.3, BodyPart.RIGHT_THIGH: 1.3,
    BodyPart.LEFT_SHANK: 1.0, BodyPart.RIGHT_SHANK: 1.0,
    BodyPart.LEFT_FOOT: 0.3, BodyPart.RIGHT_FOOT: 0.3,
    BodyPart.LEFT_HAND: 0.12, BodyPart.RIGHT_HAND: 0.12,
}  # fmt: skip


def padded(
    vertices: NDArray[np.float32],
    skin: Skin,
    part_weights: NDArray[np.float32],
    mass: float,
) -> NDArray[np.float32]:
    """Skin (V, 3) moved outward so that the body weighs `mass` kilograms, within limits."""
    shares = np.zeros(part_weights.shape[1])
    shares[list(_SHARES)] = list(_SHARES.values())
    share = part_weights @ shares
    measures = skin.measured(vertices)
    depth = (mass / _DENSITY - measures.volume) / float((measures.areas * share).sum())
    outward = np.clip(depth, _LEAST, _MOST) * share[:, None] * measures.normals
    return vertices + outward.astype(np.float32)
