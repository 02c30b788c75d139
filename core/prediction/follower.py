"""Follow the infant from frame to frame.

A few frames at a time are looked at through one square, the one around the last known pose. What
is carried from one call to the next is that pose alone, so that a run can be resumed anywhere.
"""

from collections.abc import Sequence

from core.prediction.crop import Body, Crop
from core.prediction.finder import find_infant
from core.prediction.looker import Image, Look, Looker, best_of

STRETCH = 8  # frames that share a square: a third of a second, and a full batch
# Score from which on a search has found an infant. The default network gives photographs of infants
# 0.2 and more, pictures without one less than 0.1.
FOUND = 0.18
_PRESENT = 0.2  # score below which a followed infant is gone
_SURE = 0.6  # score from which on no other turn is tried
_DOUBTFUL = 0.4  # score below which it is searched when `follow` begins


def follow(images: Sequence[Image], before: Body | None, looker: Looker) -> list[Look | None]:
    """A look at each of some consecutive frames, None without an infant.

    `before` is the infant in the frame before the first, if it was there. While it is not there
    one frame of each stretch is searched; once found, it is looked for in the whole stretch.
    """
    looks: list[Look | None] = []
    crop = None if before is None else _anchor(images[0], before, looker)
    for start in range(0, len(images), STRETCH):
        stretch = images[start : start + STRETCH]
        crop = crop or _search(stretch[-1], looker, thorough=start == 0)
        found = _look_along(stretch, crop, looker)
        looks += found
        crop = _next_crop(found[-1], crop)
    return looks


def _anchor(image: Image, before: Body, looker: Looker) -> Crop:
    """The square to go on with, turned as the network is surest."""
    (best,) = looker.look_at_one(image, [before.crop(before.turn)])
    if best.score < _SURE:
        others = [before.crop(turn) for turn in (0.0, round(before.turn / 90) % 4 * 90.0)]
        best = best_of([best, *looker.look_at_one(image, others)])
    if best.score < _DOUBTFUL:
        best = best_of([best, find_infant(image, looker, thorough=False)])
    return best.closer


def _next_crop(last: Look | None, crop: Crop | None) -> Crop | None:
    """The same square as long as the infant stays in its middle: a new one makes points jump."""
    if last is None or crop is None:
        return last and last.closer
    return last.closer if last.closer.differs_from(crop) else crop


def _search(image: Image, looker: Looker, *, thorough: bool) -> Crop | None:
    found = find_infant(image, looker, thorough=thorough)
    return found.closer if found.score >= FOUND else None


def _look_along(images: Sequence[Image], crop: Crop | None, looker: Looker) -> list[Look | None]:
    if crop is None:
        return [None] * len(images)
    looks = looker.look(images, [crop] * len(images))
    if looks[-1].score < FOUND and (found := _search(images[-1], looker, thorough=False)):
        looks = _better(looks, range(len(looks)), looker.look(images, [found] * len(images)))
    moved = [i for i, look in enumerate(looks) if look.closer.differs_from(look.crop)]
    again = looker.look([images[i] for i in moved], [looks[i].closer for i in moved])
    return [look if look.score >= _PRESENT else None for look in _better(looks, moved, again)]


def _better(looks: Sequence[Look], at: Sequence[int], others: Sequence[Look]) -> list[Look]:
    """The looks, with those at some places replaced where the other one is surer."""
    chosen = list(looks)
    for place, other in zip(at, others, strict=True):
        chosen[place] = best_of([chosen[place], other])
    return chosen
