"""Make a whole set: its shards by several processes, then its contact sheets."""

import time
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Final

from core.progress import Progress
from core.shards.reader import ShardSet
from core.shards.set_request import shard_name
from core.shards.shard_index import index_shard
from core.synthesis.production.contact_sheet import CELLS, write_contact_sheets
from core.synthesis.production.sampler import BuildSampler
from core.synthesis.production.set_folder import SetFolder
from core.synthesis.production.shard_task import ShardTask
from core.synthesis.production.worker_pool import WorkerPool

GENERATOR: Final = "2"
"""Raise it when a seed gives other pictures or labels, so that no set is completed with them."""


@dataclass(frozen=True)
class Means:
    """What a set is made with: it decides how long that takes, and nothing about the pictures."""

    build: BuildSampler
    workers: int = 1
    preparing: str = "preparing"  # what workers do before their first picture
    with_skeletons: bool = False  # drawn into the contact sheet


def synthesize(folder: SetFolder, means: Means) -> Generator[Progress, None, float]:
    """Make what is missing in a claimed folder; returns pictures per second, 0 if none were made.

    To stop, close the generator or raise inside it: the workers end at once, finished shards stay.

    Raises:
        NoSpace: the disk is full.
        JobFailed: a worker was killed.
        SampleFailed: a sample could not be made.
    """
    total = folder.request.pictures
    rate = _Rate()
    if folder.missing:
        yield Progress(folder.pictures_there, total, means.preparing)
        tasks = (ShardTask(folder.request, folder.path, shard) for shard in folder.missing)
        with WorkerPool(means.build, means.workers) as pool:
            for made in pool.make(tasks):
                rate.mark(made)
                note = "rendering" if made else means.preparing
                yield Progress(folder.pictures_there + made, total, note)
    write_contact_sheets(_to_look_at(folder), folder.path, with_skeletons=means.with_skeletons)
    return rate.per_second


def _to_look_at(folder: SetFolder) -> ShardSet:
    """Enough for the contact sheets: the first shards, or clips from all over the set."""
    shards = range(folder.request.shards)
    step = max(len(shards) // CELLS, 1) if folder.request.clip else 1
    paths = [folder.path / shard_name(shard) for shard in shards[::step][:CELLS]]
    return ShardSet([sample for path in paths for sample in index_shard(path)])


@dataclass
class _Rate:
    """Pictures per second from the first picture on, so that loading does not count."""

    marks: list[tuple[float, int]] = field(default_factory=list)  # the first and the last

    def mark(self, made: int) -> None:
        if made:
            self.marks = [*self.marks[:1], (time.monotonic(), made)]

    @property
    def per_second(self) -> float:
        if len(self.marks) < 2:
            return 0.0
        (start, before), (stop, after) = self.marks
        return (after - before) / max(stop - start, 1e-9)
