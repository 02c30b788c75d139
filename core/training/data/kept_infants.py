"""The embedded synthetic infants that no adaptation learns from: they show what it forgets."""

from dataclasses import replace
from typing import Final

import numpy as np

from core.shards.pack import source_pack_folder
from core.shards.reader import ShardSet
from core.training.data.footage import spread
from core.training.data.pictures import PictureSet, open_pictures
from core.training.data_source import SYNTHETIC, DataSource

KEPT: Final = 80
_INFANTS = "infants.tar"  # the last shard of the pack


def kept_infants() -> PictureSet:
    """Those that are kept; raises BadInput if the installation lacks them."""
    infants = open_pictures(DataSource(SYNTHETIC, source_pack_folder() / _INFANTS))
    return infants.part(spread(len(infants), KEPT))


def teaching(pictures: PictureSet) -> PictureSet:
    """The pictures of a source that may be learnt from; of all but the embedded one, every one."""
    if pictures.source != DataSource(SYNTHETIC, source_pack_folder()):
        return pictures
    infants = len(ShardSet.open(source_pack_folder() / _INFANTS))
    first = len(pictures) - infants
    others = np.delete(np.arange(len(pictures)), first + spread(infants, KEPT))
    return replace(pictures.part(others), fingerprint=f"{pictures.fingerprint} less {KEPT}")
