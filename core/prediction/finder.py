"""Find the infant in a frame of which nothing is known: anywhere, turned in any direction.

The trunk's direction alone is no guide to the best turn: an infant that crawls towards the camera
has its hips above its shoulders and is still upright. So turns compete by confidence.
"""

from core.geometry import Box
from core.prediction.crop import Crop
from core.prediction.looker import Image, Look, Looker, best_of

_TURNS = (0.0, 90.0, 180.0, 270.0)
_PROMISING = 2


def find_infant(image: Image, looker: Looker) -> Look:
    """The best look at the infant in a frame (H, W, 3); its score says whether there is one.

    First the whole frame at four turns, then closer at the two most promising, each turned as it
    was and with its trunk upright, then once more around the best.
    """
    area = whole_frame(image)
    far = looker.look_at_one(image, [Crop.whole(area, turn) for turn in _TURNS])
    promising = sorted(far, key=lambda look: look.score, reverse=True)[:_PROMISING]
    near = looker.look_at_one(image, [c for look in promising for c in (look.closer, look.upright)])
    best = best_of(near)
    return best_of([*looker.look_at_one(image, [best.closer, best.upright]), best])


def whole_frame(image: Image) -> Box:
    """The frame as a box."""
    height, width = image.shape[:2]
    return Box(0, 0, width, height)
