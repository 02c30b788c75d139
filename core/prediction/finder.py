"""Find the infant in a frame of which nothing is known: anywhere, turned in any direction.

The trunk's direction alone is no guide to the best turn: an infant that crawls towards the camera
has its hips above its shoulders and is still upright. So turns compete by confidence.
"""

from collections.abc import Sequence

from core.geometry import Box
from core.prediction.crop import Crop
from core.prediction.looker import Image, Look, Looker, best_of

_TURNS = (0.0, 90.0, 180.0, 270.0)
_PROMISING = 2
_SMALL = 0.3  # score of the whole frame below which the infant may be too small in it
_WINDOW = 0.5  # side of the windows for small infants, of the longer side of the frame


def find_infant(image: Image, looker: Looker, *, thorough: bool = True) -> Look:
    """The best look at the infant in a frame (H, W, 3); its score says whether there is one.

    First the whole frame at four turns, then closer at the two most promising, each turned as it
    was and with its trunk upright, then once more around the best. A `thorough` search also moves
    a window over a frame that shows nobody as a whole, for an infant far from the camera.
    """
    area = whole_frame(image)
    far = _at_all_turns(image, [Crop.whole(area)], looker)
    if thorough and best_of(far).score < _SMALL:
        far += _at_all_turns(image, _windows(area), looker)
    promising = sorted(far, key=lambda look: look.score, reverse=True)[:_PROMISING]
    near = looker.look_at_one(image, [c for look in promising for c in (look.closer, look.upright)])
    best = best_of(near)
    return best_of([*looker.look_at_one(image, [best.closer, best.upright]), best])


def whole_frame(image: Image) -> Box:
    """The frame as a box."""
    height, width = image.shape[:2]
    return Box(0, 0, width, height)


def _at_all_turns(image: Image, crops: Sequence[Crop], looker: Looker) -> list[Look]:
    turned = [Crop(crop.centre, crop.side, turn) for crop in crops for turn in _TURNS]
    return looker.look_at_one(image, turned)


def _windows(area: Box) -> list[Crop]:
    """Squares that overlap by half, so that an infant lies whole in one of them."""
    side = _WINDOW * area.side
    return [
        Crop((x, y), side) for y in _middles(area.height, side) for x in _middles(area.width, side)
    ]


def _middles(length: float, side: float) -> list[float]:
    """Where squares of this side stand along a length, half a side apart, from edge to edge."""
    room = length - side
    if room <= 0:
        return [length / 2]
    steps = max(round(2 * room / side), 1)
    return [side / 2 + room * step / steps for step in range(steps + 1)]
