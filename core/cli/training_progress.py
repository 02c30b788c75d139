"""Watch a training on the terminal, and stop it where nothing is lost."""

import signal
from collections.abc import Generator
from types import FrameType
from typing import Self, TypeVar

from core.cli import console
from core.errors import Stopped
from core.progress import Progress
from core.training.loop.events import BatchHalved, Saved, StepsDone, TrainingEvent

Event = Progress | TrainingEvent
Result = TypeVar("Result")


def finished(work: Generator[Event, None, Result], title: str) -> Result:
    """Run to the end, or to the first checkpoint after Ctrl-C; raises Stopped then."""
    line = console.ProgressLine(title)
    with _StopWish() as wish:
        while True:
            try:
                event = next(work)
            except StopIteration as finished:
                line.close()
                return finished.value
            _show(line, event)
            # Before the steps begin there is nothing to lose.
            if wish.is_there and isinstance(event, Saved | Progress):
                raise Stopped


def _show(line: console.ProgressLine, event: Event) -> None:
    match event:
        case Progress():
            line.show(event)
        case StepsDone():
            line.show(Progress(event.step, event.total, "training"))
        case BatchHalved():
            console.problem(f"memory is short: going on with {event.batch} samples a step.")
        case _:
            pass


class _StopWish:
    """Takes the first Ctrl-C as a wish, so that no step is cut in half; a second one stops."""

    def __init__(self) -> None:
        self.is_there = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _take(self, number: int, frame: FrameType | None) -> None:
        self.is_there = True
        signal.signal(signal.SIGINT, self._before)
        console.problem("stopping at the next checkpoint; Ctrl-C once more stops at once.")
