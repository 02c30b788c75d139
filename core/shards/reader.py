"""Read a set of shards: any sample by its number, or a stream in order or shuffled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.shards.sample import SampleLabels, SyntheticSample
from core.shards.set_request import SetRequest, read_request, shard_name
from core.shards.shard_index import StoredSample, index_shard


class ShardSet:
    """All samples of one shard or of a folder of shards, by their number.

    Opening reads where the samples lie (about 0.1 ms each), not the samples; nothing is kept
    open, so a set may be handed to other processes.
    """

    def __init__(self, stored: Sequence[StoredSample]) -> None:
        """A set of samples that are on disk."""
        self._stored = tuple(stored)

    @staticmethod
    def open(source: Path) -> "ShardSet":
        """The set in a tar file, or in a folder: the shards of its `set.json`, else all `*.tar`.

        Raises:
            BadInput: a shard is missing, damaged, cut off or foreign; the message names it.
        """
        if source.is_file():
            return ShardSet(_filled(index_shard(source), source))
        if not source.is_dir():
            raise BadInput(f"{source}: no such folder or shard of synthetic samples.")
        request = read_request(source)
        return ShardSet(_by_name(source) if request is None else _as_asked(source, request))

    def __len__(self) -> int:
        """How many samples there are."""
        return len(self._stored)

    def __getitem__(self, number: int) -> SyntheticSample:
        """One sample; raises BadInput if it is damaged."""
        return self._stored[number].read()

    def labels(self, number: int) -> SampleLabels:
        """The labels of one sample, without its pictures; raises BadInput."""
        return self._stored[number].read_labels()


@dataclass(frozen=True)
class Position:
    """How far a stream is: samples `taken` of this stream's part in this epoch."""

    epoch: int = 0
    taken: int = 0


@dataclass(frozen=True)
class Order:
    """Which samples come when.

    With a seed, every epoch is another exact shuffle of the whole set; without, samples come as
    they are stored. Part k of n takes each n-th sample of that order, so parts with the same seed
    are disjoint and together complete.
    """

    seed: int | None = None
    part: tuple[int, int] = (0, 1)  # which, of how many

    def __post_init__(self) -> None:
        """Refuse a part that does not exist (ValueError)."""
        which, of = self.part
        if not 0 <= which < of:
            raise ValueError(f"there is no part {which} of {of}, counted from 0")

    def epoch(self, epoch: int, samples: int) -> NDArray[np.intp]:
        """The numbers of the samples of one epoch, in order."""
        which, of = self.part
        if self.seed is None:
            return np.arange(which, samples, of, dtype=np.intp)
        chance = np.random.default_rng(np.random.SeedSequence([self.seed, epoch]))
        return chance.permutation(samples)[which::of]


class SampleStream(Iterator[SyntheticSample]):
    """Gives samples one after the other, for one epoch or without an end.

    `position` may be stored at any time; a stream of the same set and order that starts there
    goes on as this one would have.

    Raises:
        BadInput: a sample is damaged, or the part of an endless stream has no sample at all.
    """

    def __init__(
        self,
        samples: ShardSet,
        order: Order = Order(),
        *,
        endless: bool = False,
        start: Position = Position(),
    ) -> None:
        self._samples = samples
        self._order = order
        self._is_endless = endless
        self._position = start
        self._numbers = order.epoch(start.epoch, len(samples))
        if endless and len(self._numbers) == 0:
            raise BadInput(f"a set of {len(samples)} samples is too small for so many readers.")

    @property
    def position(self) -> Position:
        """Where the stream is: the sample after the last that was given comes next."""
        return self._position

    def __next__(self) -> SyntheticSample:
        """The next sample; a damaged one raises BadInput and is not passed over."""
        if self._position.taken >= len(self._numbers):
            self._begin_next_epoch()
        sample = self._samples[int(self._numbers[self._position.taken])]
        self._position = Position(self._position.epoch, self._position.taken + 1)
        return sample

    def _begin_next_epoch(self) -> None:
        if not self._is_endless:
            raise StopIteration
        self._position = Position(self._position.epoch + 1)
        self._numbers = self._order.epoch(self._position.epoch, len(self._samples))


def _by_name(folder: Path) -> list[StoredSample]:
    shards = sorted(shard for shard in folder.glob("*.tar") if not shard.name.startswith("."))
    if not shards:
        raise BadInput(f"{folder}: holds no shards (*.tar) of synthetic samples.")
    return [sample for shard in shards for sample in _filled(index_shard(shard), shard)]


def _as_asked(folder: Path, request: SetRequest) -> list[StoredSample]:
    names = [shard_name(shard) for shard in range(request.shards)]
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise BadInput(
            f"{folder}: {len(missing)} of its {len(names)} shards are missing, {missing[0]} first; "
            "give the command that made the set once more to complete it."
        )
    stored = [index_shard(folder / name) for name in names]
    for shard, samples in enumerate(stored):
        if len(samples) != request.pictures_in(shard):
            raise BadInput(
                f"{folder / names[shard]}: holds {len(samples)} samples, not "
                f"{request.pictures_in(shard)}; is it of another set?"
            )
    return [sample for samples in stored for sample in samples]


def _filled(samples: list[StoredSample], shard: Path) -> list[StoredSample]:
    if not samples:
        raise BadInput(f"{shard}: holds no samples.")
    return samples
