"""What the processes of one training tell each other."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor
from torch import distributed as dist

from core.errors import BadInput
from core.training.scale_out.short_memory import ShortTogether, is_memory_short


@dataclass(frozen=True)
class Processes:
    """This process among those that train one network; alone, nothing is exchanged.

    Every method that exchanges is called by all processes, in the same order. Yes and no travel
    between the hosts, so that no graphics card has to be waited for.
    """

    rank: int = 0
    count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this process writes, and speaks for all."""
        return self.rank == 0

    def share(self, size: int) -> slice:
        """This process's part of a batch of `size`, the rank-th of equal runs.

        Raises:
            BadInput: it cannot be shared evenly, so that means of means would not be the mean.
        """
        if size % self.count:
            raise BadInput(
                f"batch = {size}: cannot be shared evenly by {self.count} processes; "
                f"choose a multiple of {self.count}."
            )
        each = size // self.count
        return slice(self.rank * each, (self.rank + 1) * each)

    def halved(self, size: int) -> int:
        """About half a batch that is shared evenly; at least one each."""
        return max(size // (2 * self.count), 1) * self.count

    def gather(self, values: Tensor) -> Tensor:
        """The values (b, ...) of all, (count * b, ...) by rank; no gradient flows.

        Raises:
            ShortTogether: memory ran out somewhere.
        """
        if self.count == 1:
            return values
        values = values.contiguous()
        parts = [torch.empty_like(values) for _ in range(self.count)]
        self._go_on_if_all_can()
        dist.all_gather(parts, values)
        return torch.cat(parts)

    def average(self, tensors: Iterable[Tensor]) -> None:
        """Replace float32 tensors of one device by their means over all, in one exchange.

        Raises:
            ShortTogether: memory ran out somewhere; nothing was replaced.
        """
        owned = list(tensors)
        if self.count == 1 or not owned:
            return
        flat = torch.cat([one.reshape(-1) for one in owned])
        parts = flat.split([one.numel() for one in owned])
        self._go_on_if_all_can()
        # Nothing from here on asks for memory: the others could not be told any more.
        dist.all_reduce(flat)
        flat.div_(self.count)
        for one, part in zip(owned, parts, strict=True):
            one.copy_(part.view_as(one))

    def any(self, is_so: bool) -> bool:
        """Whether it is so in any process; also waits for all."""
        if self.count == 1:
            return is_so
        flag = torch.tensor([int(is_so)])
        dist.all_reduce(flag, dist.ReduceOp.MAX)
        return bool(flag)

    @contextmanager
    def first_alone(self) -> Generator[None]:
        """Let the first process do what is within, and then the others, who find it done."""
        if not self.is_first:
            self.any(False)
        yield
        if self.is_first:
            self.any(False)

    @contextmanager
    def short_together(self) -> Generator[None]:
        """Make short memory in one process short memory in all: they raise ShortTogether.

        The last thing within must be an exchange; the others ask at each of theirs whether all can
        go on, and would never learn of what happens behind the last.
        """
        try:
            yield
        except (MemoryError, RuntimeError) as error:
            if self.count == 1 or isinstance(error, ShortTogether) or not is_memory_short(error):
                raise
            self.any(True)
            raise ShortTogether from error

    def may_try_again(self, error: Exception) -> bool:
        """Whether a step that failed so can be done again, with less, by all."""
        return isinstance(error, ShortTogether) if self.count > 1 else is_memory_short(error)

    def _go_on_if_all_can(self) -> None:
        if self.any(False):
            raise ShortTogether
