"""The small labelled set that comes with the program, so that adaptation works offline."""

from pathlib import Path

from core.paths import resources_folder
from core.shards.reader import ShardSet


def source_pack_folder() -> Path:
    """Where the embedded set lies."""
    return resources_folder() / "source_pack"


def source_pack() -> ShardSet:
    """The embedded set of adults and infants; raises BadInput if the installation lacks it."""
    return ShardSet.open(source_pack_folder())
