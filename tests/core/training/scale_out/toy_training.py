"""Toy trainings as each of torchrun's processes does them: `-m ...toy_training FOLDER`."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core.errors import BadInput
from core.jobs.own_process import leave_if_one_of_many
from core.training.adaptation import Judges
from core.training.loop.events import BatchHalved, Saved, StepsDone
from core.training.loop.train import Plan, train
from core.training.scale_out.engine import Engine
from core.training.scale_out.launch import Launch, joined
from core.training.scale_out.processes import Processes
from tests.core.training import toy

STEPS, HALF_WAY = 4, 2


@dataclass(frozen=True)
class Overheard(Processes):
    """Keeps what was gathered, and may do something before."""

    gathered: list[Tensor] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    def gather(self, values: Tensor) -> Tensor:
        self.before()
        self.gathered.append(super().gather(values))
        return self.gathered[-1]


class ShortOnce:
    """Memory is short at the third call."""

    def __init__(self) -> None:
        self._calls = 0

    def __call__(self) -> None:
        self._calls += 1
        if self._calls == 3:
            raise MemoryError


def plan(folder: Path) -> Plan:
    return Plan(folder, STEPS, HALF_WAY, 2, {"recipe": "toy"})


def told(folder: Path, processes: Processes, judges: Judges | None = None) -> list[object]:
    """Train to the end; what was logged, the batches that memory forced, all weights' digest."""
    weights = {"source": 1, "consistency": 1, "target": 0, "prior": float(judges is not None)}
    settings = toy.recipe(steps=STEPS, weights=weights)
    learner = toy.learner(settings, judges, Engine(processes))
    said: list[object] = []
    for event in train(learner, plan(folder), processes):
        match event:
            case StepsDone():
                said.append(dict(event.losses))
            case BatchHalved():
                said.append(event.batch)
            case Saved(step=step) if step == HALF_WAY and processes.is_first:
                shutil.copytree(folder, folder.with_name(f"{folder.name}_half_way"))
            case _:
                pass
    return [*said, digest(learner.state())]


def digest(state: dict[str, Any]) -> str:
    weights = [state[part][name] for part in ("student", "teacher") for name in state[part]]
    return sha256(b"".join(one.numpy().tobytes() for one in weights)).hexdigest()


def with_short_memory(folder: Path, processes: Processes) -> dict[str, object]:
    """The second process runs short before the others wait for its confidences, or behind."""
    is_short = not processes.is_first

    def prior(bones: Tensor) -> Tensor:
        if is_short:
            short()
        return bones[..., 0].mean(dim=1)

    early = Overheard(processes.rank, processes.count, before=ShortOnce() if is_short else int)
    short = ShortOnce()
    return {
        "early": told(folder / "early", early),
        "late": told(folder / "late", processes, Judges(prior=prior)),
    }


class Wild:
    """A learner whose losses in the second process are no numbers."""

    batch = 2

    def __init__(self, processes: Processes) -> None:
        self._loss = torch.tensor(1.0 if processes.is_first else torch.nan)

    def step(self, number: int) -> dict[str, Tensor]:
        return {"total": self._loss.clone()}

    def rate(self, number: int) -> float:
        return 1.0

    def state(self) -> dict[str, object]:
        return {}

    def restore(self, state: object) -> None:
        pass


def gone_wild(folder: Path, processes: Processes, log_every: int) -> str:
    plan = Plan(folder, STEPS, HALF_WAY, log_every, {})
    try:
        list(train(Wild(processes), plan, processes))
    except BadInput as error:
        return str(error)
    return ""


def run(root: Path, processes: Processes) -> dict[str, object]:
    overheard = Overheard(processes.rank, processes.count)
    return {
        "whole": told(root / "together", overheard),
        "gathered": [one.tolist() for one in overheard.gathered],
        "resumed": told(root / "alone_half_way", processes),
        **with_short_memory(root, processes),
        "wild": [gone_wild(root / "wild", processes, log_every) for log_every in (1, STEPS)],
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    launch = Launch.of(os.environ)
    with joined(launch, torch.device("cpu")) as processes:
        found = run(Path(sys.argv[1]), processes)
        (Path(sys.argv[1]) / f"told_{launch.rank}.json").write_text(json.dumps(found))
    leave_if_one_of_many(0)
