"""Look several times at what was found, and take the places on which the looks agree."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.prediction.crop import Body
from core.prediction.looker import Image, Look, Looker

# Turn in degrees, zoom, mirrored: what a network may be shown without changing the pose.
VIEWS: Final = (
    (0.0, 1.0, False),
    (0.0, 1.0, True),
    (25.0, 1.0, False),
    (-25.0, 1.0, True),
    (0.0, 1.2, False),
    (0.0, 1.2, True),
    (15.0, 0.85, True),
    (-15.0, 0.85, False),
)
_WIDTH = (
    0.03  # of a look's vote, in sides of the square: about the width of a peak; 0.01 to 0.05 do
)


def agreed_look(image: Image, found: Look, looker: Looker) -> Look:
    """The pose on which looks at eight views of the square around `found` agree.

    Turned, zoomed and mirrored views err differently, so that an error stands alone where the truth
    stands together. The confidence is the mean over the looks, where they agree: it falls if they
    do not.
    """
    square = found.closer
    crops = [square.varied(turn, zoom, is_mirrored=flip) for turn, zoom, flip in VIEWS]
    looks = looker.look_at_one(image, crops)
    xy, confidence = consensus(
        np.stack([look.body.xy for look in looks]),
        np.stack([look.body.confidence for look in looks]),
        _WIDTH * square.side,
    )
    score = float(confidence[looker.skeleton.limb_indices].mean())
    return Look(square, Body(xy, confidence, looker.skeleton), score)


def consensus(
    xy: NDArray[np.float32], confidence: NDArray[np.float32], width: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Places (V, K, 2) and confidences (V, K) of V looks -> those of all, (K, 2) and (K,).

    Each look votes with a Gaussian of its confidence and of `width` pixels about its place: as if
    the maps of all looks were put upon each other. The highest of the places wins, and moves to the
    mean of the votes near it.
    """
    apart = ((xy[:, None] - xy[None]) ** 2).sum(axis=-1)
    votes = confidence[None] * np.exp(-apart / (2 * width**2))
    support = votes.sum(axis=1)
    best = support.argmax(axis=0)
    each = np.arange(xy.shape[1])
    weights = votes[best, :, each]
    total = np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    places = np.einsum("kv,vkd->kd", weights, xy) / total
    return places.astype(np.float32), (support[best, each] / len(xy)).astype(np.float32)
