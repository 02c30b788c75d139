"""What production asks of whoever makes the samples: one person or clip by its number."""

from collections.abc import Iterator
from typing import Protocol

from core.shards.sample import SyntheticSample
from core.shards.set_request import ClipForm


class Sampler(Protocol):
    """Makes samples that depend on nothing but the arguments of the call."""

    def sample(self, kind: str, seed: int, index: int, size: int, strange: bool) -> SyntheticSample:
        """One still, `size` x `size` pixels; `kind` is adult or infant."""
        ...

    def clip(
        self, seed: int, index: int, form: ClipForm, strange: bool
    ) -> Iterator[SyntheticSample]:
        """The frames of one clip, `form.frames` of them, in order."""
        ...


class BuildSampler(Protocol):
    """Makes the sampler inside a worker process.

    It travels there by pickle, and a worker builds one for all calls that are equal: use a frozen
    dataclass of a module that the worker can import.
    """

    def __call__(self) -> Sampler:
        """The sampler; what it raises stops the run."""
        ...

    def __hash__(self) -> int:
        """Equal builders give one sampler."""
        ...
