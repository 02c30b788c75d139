"""Whether a model still knows synthetic infants of the program that it has not learnt from."""

from collections.abc import Generator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.pose.skeleton import shipped_skeleton
from core.prediction.looker import Looker
from core.progress import Progress
from core.training.data.footage import spread
from core.training.data.kept_infants import KEPT, kept_infants
from core.training.data.labelled_canvases import crop_of_labels
from core.verdict.labelled import right_share
from core.verdict.measures import Kind, Measure

PICTURES: Final = KEPT
KNOWN = Kind("forgetting", "Right points on synthetic infants that come with the program")


def remembered(
    before: Looker, after: Looker, count: int = PICTURES
) -> Generator[Progress, None, Measure]:
    """One look of each model at each of `count` labelled infants, framed by their labels.

    Raises:
        BadInput: the installation lacks them.
    """
    pictures = kept_infants()
    chosen = np.unique(spread(len(pictures), min(count, len(pictures)))).tolist()
    limbs = shipped_skeleton().limb_indices
    shares: list[NDArray[np.float64]] = []
    for done, number in enumerate(chosen, start=1):
        picture = pictures.readers[number]()
        crop = crop_of_labels(picture.xy)
        if crop is not None:
            looks = [one.look_at_one(picture.image, [crop])[0] for one in (before, after)]
            places = np.stack([look.body.xy for look in looks])
            errors = np.linalg.norm(places - picture.xy, axis=-1) / crop.side
            shares.append(right_share(errors[:, limbs]))
        yield Progress(done, len(chosen), "checking what is still known")
    table = np.array(shares).reshape(-1, 2)
    return Measure(KNOWN, table[:, 0], table[:, 1])
