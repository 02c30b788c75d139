"""Find the infant in a frame of which nothing is known: anywhere, turned in any direction."""

from core.geometry import Box
from core.prediction.crop import Crop
from core.prediction.looker import Image, Look, Looker

_TURNS = (0.0, 90.0, 180.0, 270.0)
_CLOSER_LOOKS = 2


def find_infant(image: Image, looker: Looker, area: Box | None = None) -> Look:
    """The best look at the infant in a frame, or in an area of it.

    First the whole area at four turns, then twice the upright square around the best.
    """
    area = area or whole_frame(image)
    best = max(
        looker.look_at_one(image, [Crop.whole(area, turn) for turn in _TURNS]),
        key=lambda look: look.score,
    )
    for _ in range(_CLOSER_LOOKS):
        (look,) = looker.look_at_one(image, [best.closer(looker.skeleton)])
        best = max(best, look, key=lambda each: each.score)
    return best


def whole_frame(image: Image) -> Box:
    """The frame as a box."""
    height, width = image.shape[:2]
    return Box(0, 0, width, height)
