"""One shard from its request to the finished file: the piece of work that a worker gets."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.atomic_file import replacing
from core.errors import ShiftError
from core.shards.sample import SyntheticSample
from core.shards.set_request import SetRequest, shard_name
from core.shards.shard_writer import ShardWriter, sample_key
from core.synthesis.production.clip_files import clip_files
from core.synthesis.production.sampler import Sampler

KINDS = {"adults": "adult", "infants": "infant"}


class SampleFailed(Exception):
    """A sample could not be made by a fault of ours; the message says which, to make it again."""


@dataclass(frozen=True)
class ShardTask:
    """A shard that is to be made."""

    request: SetRequest
    folder: Path
    shard: int

    def make(self, sampler: Sampler, on_sample: Callable[[], None]) -> None:
        """Make the shard and whatever belongs beside it, whole or not at all.

        Raises:
            NoSpace: the disk is full or may not be written to.
            SampleFailed: the sampler failed.
        """
        request = self.request
        with ExitStack() as stack:
            # Entered first, so it appears last: a shard vouches for the files beside it.
            part = stack.enter_context(replacing(self.folder / shard_name(self.shard)))
            shard = stack.enter_context(ShardWriter(part, request.encoding))
            show = stack.enter_context(clip_files(self.folder, self.shard, request.clip))
            for sample in self._samples(sampler):
                shard.write(sample_key(sample), sample)
                show(sample)
                on_sample()

    def _samples(self, sampler: Sampler) -> Iterator[SyntheticSample]:
        for index in self.request.members(self.shard):
            with _blaming(f"{self.request.kind}, seed {self.request.seed}, number {index}"):
                yield from self._of_one(sampler, index)

    def _of_one(self, sampler: Sampler, index: int) -> Iterator[SyntheticSample]:
        request = self.request
        if request.clip is not None:
            frames = sampler.clip(request.seed, index, request.clip, request.strange)
            for _, frame in zip(range(request.clip.frames), frames, strict=True):
                yield frame
        else:
            kind, size = KINDS[request.kind], request.picture_size[0]
            yield sampler.sample(kind, request.seed, index, size, request.strange)


@contextmanager
def _blaming(what: str) -> Iterator[None]:
    """Say which sample it was, and keep its OSErrors apart from those of the disk written to."""
    try:
        yield
    except ShiftError:
        raise
    except Exception as error:
        raise SampleFailed(f"{what}: {type(error).__name__}: {error}") from error
