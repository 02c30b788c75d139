"""Whether a model still knows the synthetic infants that come with the program."""

from collections.abc import Generator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.pose.skeleton import shipped_skeleton
from core.prediction.looker import Looker
from core.progress import Progress
from core.shards.pack import source_pack_folder
from core.training.data.footage import spread
from core.training.data.labelled_canvases import crop_of_labels
from core.training.data.pictures import open_pictures
from core.training.data_source import SYNTHETIC, DataSource
from core.verdict.labelled import right_share
from core.verdict.measures import Kind, Measure

PICTURES: Final = 80
_INFANTS = "infants.tar"
KNOWN = Kind("forgetting", "Right points on synthetic infants that come with the program")


def remembered(
    before: Looker, after: Looker, count: int = PICTURES
) -> Generator[Progress, None, Measure]:
    """One look of each model at each of `count` labelled infants, framed by their labels.

    Raises:
        BadInput: the installation lacks them.
    """
    pictures = open_pictures(DataSource(SYNTHETIC, source_pack_folder() / _INFANTS))
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
