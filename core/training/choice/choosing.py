"""Examine a training at its checkpoints and keep the best weights, the base's among them."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.networks.load import PoseNetwork
from core.training.choice.evidence import score
from core.training.choice.examination import Examination
from core.training.choice.records import (
    Examined,
    best_of,
    read_table,
    step_of_weights,
    write_best,
    write_table,
    write_weights,
)
from core.training.loop.checkpoint import CHECKPOINT_FILE, load_checkpoint
from core.training.loop.events import Chosen, Saved, TrainingEvent


@dataclass(frozen=True)
class ChoiceRule:
    """Whose weights are examined, and when: every so many steps, and after the last.

    Only planned checkpoints, every `saved_every` steps: where somebody paused must not matter.
    """

    evaluated: Literal["teacher", "student"]
    every: int
    last: int
    saved_every: int = 1

    def is_due(self, step: int) -> bool:
        """Whether the checkpoint of this step is examined."""
        return step == self.last or (step % self.every == 0 and step % self.saved_every == 0)


def choosing(
    events: Generator[TrainingEvent], chooser: "Chooser"
) -> Generator[TrainingEvent, None, Examined]:
    """Pass a training's events on, examining it at its checkpoints; returns what was best.

    Each new best is told, and at the end the best of all. One that is finished early is examined
    where it ends. Killed at any moment and begun again, it ends with the choice of an unbroken run.
    Where the best weights were removed by hand, it chooses among the base and what is to come.

    Raises:
        BadInput, NoSpace, MemoryError: as `train`; the best weights so far stay good.
    """
    chooser.resume()
    with closing(events):
        for event in events:
            if isinstance(event, Saved):  # before it is told of: who stops there misses nothing
                yield from _examined(chooser, event)
            yield event
    yield _chosen(chooser)
    return chooser.best


def _examined(chooser: "Chooser", saved: Saved) -> Generator[Chosen]:
    before = chooser.best.step
    chooser.examine(saved.step, is_last=saved.why == "finished")
    if chooser.best.step != before:
        yield _chosen(chooser)


def _chosen(chooser: "Chooser") -> Chosen:
    best = chooser.best
    return Chosen(best.step, best.score, best.evidence.named(), chooser.base.score)


class Chooser:
    """Remembers what was examined in a job's folder; the base model is candidate 0."""

    def __init__(
        self, examination: Examination, network: PoseNetwork, rule: ChoiceRule, folder: Path
    ) -> None:
        """`network` is the one that the training changes in place; `folder` has its checkpoint."""
        self._examination, self._network = examination, network
        self._rule, self._folder = rule, folder
        base = examination.base
        self.base = Examined(0, score(base, base), base)
        self._rows = [self.base]

    @property
    def held_out(self) -> int:
        """On how many canvases it chooses."""
        return len(self._examination)

    @property
    def count(self) -> int:
        """How many candidates were examined so far, the base among them."""
        return len(self._rows)

    @property
    def best(self) -> Examined:
        """The best so far; step 0 is the base."""
        return best_of(self._rows)

    def resume(self) -> None:
        """Go on where the checkpoint is: later rows go, its own is examined anew.

        Call it before the training begins, which restores the network's weights itself.
        """
        step = self._restore()
        rows = [row for row in read_table(self._folder) if 0 < row.step < step]
        self._rows = [self.base, *filter(lambda row: self._rule.is_due(row.step), rows)]
        if step and self._rule.is_due(step):
            self._rows.append(self._examined(step))
        if self.best.step not in (0, step, step_of_weights(self._folder)):
            # The best weights are gone, and cannot be had again.
            self._rows = [row for row in self._rows if row.step in (0, step)]
        self._keep(step)

    def examine(self, step: int, *, is_last: bool = False) -> None:
        """Judge the network as it is after `step` steps, if the rule wants it, and keep the best.

        The last one is always judged. Raises NoSpace.
        """
        if is_last or self._rule.is_due(step):
            # Whoever ends a training at a checkpoint has it examined a second time.
            self._rows = [row for row in self._rows if row.step != step or step == 0]
            self._rows.append(self._examined(step))
            self._keep(step)

    def _restore(self) -> int:
        """Put the checkpoint's weights into the network; returns its step, 0 without one."""
        path = self._folder / CHECKPOINT_FILE
        if not path.is_file():
            return 0
        state = load_checkpoint(path)
        self._network.module.load_state_dict(state["learner"][self._rule.evaluated])
        return int(state["step"])

    def _examined(self, step: int) -> Examined:
        evidence = self._examination.evidence(self._network)
        return Examined(step, score(evidence, self._examination.base), evidence)

    def _keep(self, now: int) -> None:
        """Weights first: a table never names a best step whose weights are not there."""
        best = self.best
        if best.step and best.step == now:
            write_weights(self._folder, self._network.module, best.step)
        write_table(self._folder, self._rows)
        write_best(self._folder, best, self.base)
