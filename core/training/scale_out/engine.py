"""How a training is computed, as against what is learnt."""

from dataclasses import dataclass, field

import torch

from core.training.scale_out.processes import Processes


@dataclass(frozen=True)
class Engine:
    """On how many processes, and to what the student's products are rounded (None: they are not).

    syncs_batch_norm: whether layers of batch norm exchange within the networks' passes.
    """

    processes: Processes = field(default_factory=Processes)
    dtype: torch.dtype | None = None
    syncs_batch_norm: bool = False
