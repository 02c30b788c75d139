"""The loop around any training: steps, checkpoints, short memory, and numbers gone wild."""

import math
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import torch
from torch import Tensor

from core.atomic_file import sweep
from core.errors import BadInput, Stopped
from core.training.loop.checkpoint import CHECKPOINT_FILE, load_checkpoint, save_checkpoint
from core.training.loop.events import BatchHalved, Saved, StepsDone, TrainingEvent
from core.training.loop.wish import Wish
from core.training.scale_out.processes import Processes


class Learner(Protocol):
    """Something that learns step by step; a step depends on its number and the state alone.

    `batch` is what all processes of the training together see in a step.
    """

    batch: int

    def step(self, number: int) -> Mapping[str, Tensor]:
        """Do one step and give its losses, without waiting for the device."""
        ...

    def rate(self, number: int) -> float:
        """The learning rate of a step."""
        ...

    def state(self) -> dict[str, Any]:
        """Everything that the next step depends on."""
        ...

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        ...


ALONE: Final = Processes()


@dataclass(frozen=True)
class Plan:
    """How long, and how often to save and to tell; `about` marks which training it is."""

    folder: Path
    steps: int
    save_every: int
    log_every: int
    about: Mapping[str, Any]
    wish: Callable[[], Wish] | None = None  # asked before each step; None: nobody interrupts

    @property
    def checkpoint(self) -> Path:
        """Where the state is kept."""
        return self.folder / CHECKPOINT_FILE


def train(learner: Learner, plan: Plan, processes: Processes = ALONE) -> Generator[TrainingEvent]:
    """Train to the end of the plan, from its checkpoint on if there is one.

    Killed or paused at any step and begun again, it ends with the weights of an unbroken run. Of
    several processes all call it, see and decide the same, and the first one writes the
    checkpoints.

    Raises:
        Stopped: the plan's wish was to pause; a checkpoint of this step is kept.
        BadInput: the checkpoint is another training's, or the losses are no numbers any more.
        NoSpace: a checkpoint cannot be kept; the last one stays good.
        MemoryError: not even one picture fits in each process.
    """
    if processes.is_first:
        sweep(plan.folder)
    done = _resumed(learner, plan)
    losses, pictures = _Losses(processes), 0
    while done < plan.steps:
        wish = _wish(plan, processes)
        if wish is not Wish.GO_ON:
            yield from _leave(learner, plan, done, wish, processes)
            return
        halved = yield from _step(learner, done, losses, processes)
        if halved:
            continue
        done, pictures = done + 1, pictures + learner.batch
        if done % plan.log_every == 0 or done == plan.steps:
            means, rate = losses.means(plan.folder), learner.rate(done - 1)
            yield StepsDone(done, plan.steps, means, rate, pictures)
            pictures = 0
        if done % plan.save_every == 0 or done == plan.steps:
            if processes.any(not losses.are_numbers()):
                raise _astray(plan.folder)
            _save(learner, plan, done, processes)
            yield Saved(done, plan.checkpoint)


def _wish(plan: Plan, processes: Processes) -> Wish:
    """What any process heard; pausing comes first."""
    if plan.wish is None:
        return Wish.GO_ON
    heard = plan.wish()
    for wish in (Wish.PAUSE, Wish.FINISH):
        if processes.any(heard is wish):
            return wish
    return Wish.GO_ON


def _leave(
    learner: Learner, plan: Plan, done: int, wish: Wish, processes: Processes
) -> Generator[TrainingEvent]:
    """Keep what has been learnt, and tell why; raises Stopped for a pause."""
    if done or wish is Wish.FINISH:
        _save(learner, plan, done, processes)
        yield Saved(done, plan.checkpoint, "paused" if wish is Wish.PAUSE else "finished")
    if wish is Wish.PAUSE:
        raise Stopped(f"{plan.folder}: paused after {done} of {plan.steps} steps.")


def _save(learner: Learner, plan: Plan, done: int, processes: Processes) -> None:
    state = _state(learner, plan, done)
    if processes.any(not _is_finite(state)):
        raise _astray(plan.folder)
    if processes.is_first:
        save_checkpoint(plan.checkpoint, state)


def _step(
    learner: Learner, number: int, losses: "_Losses", processes: Processes
) -> Generator[TrainingEvent, None, bool]:
    """One step; True if it must be done again with the smaller batch that was told of."""
    try:
        losses.add(learner.step(number))
    except (MemoryError, RuntimeError) as error:
        if not processes.may_try_again(error):
            raise
        if learner.batch <= processes.count:
            raise MemoryError("not even one picture fits into memory") from error
        learner.batch = processes.halved(learner.batch)
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        yield BatchHalved(learner.batch)
        return True
    return False


def _resumed(learner: Learner, plan: Plan) -> int:
    if not plan.checkpoint.is_file():
        return 0
    state = load_checkpoint(plan.checkpoint)
    if state["about"] != dict(plan.about):
        raise BadInput(
            f"{plan.checkpoint}: belongs to a training with other settings; start a new one."
        )
    try:
        learner.restore(state["learner"])
    except (RuntimeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise BadInput(
            f"{plan.checkpoint}: holds the state of another network; start a new training."
        ) from error
    learner.batch = state["batch"]
    return int(state["step"])


def _state(learner: Learner, plan: Plan, done: int) -> dict[str, Any]:
    return {
        "step": done,
        "batch": learner.batch,
        "about": dict(plan.about),
        "learner": learner.state(),
    }


class _Losses:
    """Sums that stay on the device until somebody asks."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._sums: dict[str, Tensor] = {}
        self._count = 0

    def add(self, losses: Mapping[str, Tensor]) -> None:
        for name, value in losses.items():
            self._sums[name] = self._sums[name] + value if name in self._sums else value
        self._count += 1

    def means(self, folder: Path) -> dict[str, float]:
        """The means since the last call and over all; raises BadInput if one is no number."""
        self._processes.average(self._sums.values())
        if not self.are_numbers():
            raise _astray(folder)
        means = {name: float(total) / self._count for name, total in self._sums.items()}
        self._sums, self._count = {}, 0
        return means

    def are_numbers(self) -> bool:
        """Whether all sums are finite so far."""
        return all(math.isfinite(float(total)) for total in self._sums.values())


def _is_finite(state: object) -> bool:
    """Whether every tensor of a state is; a finite loss may still have a gradient that is not."""
    if isinstance(state, Tensor):
        return not state.is_floating_point() or bool(torch.isfinite(state).all())
    if isinstance(state, Mapping):
        return all(map(_is_finite, state.values()))
    return not isinstance(state, list | tuple) or all(map(_is_finite, state))


def _astray(folder: Path) -> BadInput:
    return BadInput(
        f"{folder}: the training went astray (a loss or weight is no number any more); its last "
        "good state is kept. Try a lower learning_rate."
    )
