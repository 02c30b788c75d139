"""Start the exchange between processes that torchrun started."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import torch
from torch import distributed as dist

from core.errors import BadInput
from core.training.scale_out.processes import Processes

# The first process may prepare pictures for hours; torchrun ends all if one dies meanwhile.
_PATIENCE = timedelta(days=2)


@dataclass(frozen=True)
class Launch:
    """What torchrun says of a process; without it, one process that is alone."""

    rank: int = 0
    local_rank: int = 0  # among those of this machine
    count: int = 1

    @staticmethod
    def of(environment: Mapping[str, str]) -> "Launch":
        """Read the variables that torchrun sets; raises BadInput if they are no numbers."""
        names = {"RANK": "0", "LOCAL_RANK": "0", "WORLD_SIZE": "1"}
        try:
            rank, local_rank, count = (int(environment.get(*pair)) for pair in names.items())
        except ValueError as error:
            raise BadInput("RANK, LOCAL_RANK and WORLD_SIZE must be torchrun's numbers.") from error
        return Launch(rank, local_rank, count)


ALONE: Final = Launch()


@contextmanager
def joined(launch: Launch, device: torch.device) -> Generator[Processes]:
    """The processes of a training: gloo between processors, NCCL between graphics cards."""
    if launch.count == 1:
        yield Processes()
        return
    if device.type == "cuda":
        torch.cuda.set_device(device)
    backend = "cpu:gloo,cuda:nccl" if device.type == "cuda" else "gloo"
    dist.init_process_group(backend, timeout=_PATIENCE)
    yield Processes(launch.rank, launch.count)
    # Not after a fault: leaving in order would wait for the others, who wait for this one.
    dist.destroy_process_group()
