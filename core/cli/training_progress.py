"""Watch a training on the terminal, and stop it where nothing is lost."""

import os
import sys
import time
from collections.abc import Generator
from typing import TYPE_CHECKING, Self, TypeVar

from core.cli import console
from core.cli.stop_wish import StopWish
from core.errors import Stopped
from core.progress import Progress
from core.training.loop.events import (
    BatchHalved,
    Chosen,
    FramesChosen,
    Saved,
    StepsDone,
    TrainingEvent,
)

if TYPE_CHECKING:
    from core.cli.training_table import TrainingTable

Event = Progress | TrainingEvent
Result = TypeVar("Result")


def finished(work: Generator[Event, None, Result], title: str) -> Result:
    """Run to the end, or to the first checkpoint after Ctrl-C; raises Stopped then."""
    with StopWish(when="checkpoint") as wish, _Display(title) as display:
        while True:
            try:
                event = next(work)
            except StopIteration as finished:
                return finished.value
            display.show(event)
            # Before the steps begin there is nothing to lose.
            if wish.is_there and isinstance(event, Saved | Progress):
                raise Stopped


class _Display:
    """A line for what comes before and after the training, a table for the training itself.

    Where the terminal cannot move its cursor, or there is none, the line is all.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._line = console.ProgressLine(title)
        self._table: TrainingTable | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close_table()
        self._line.close()

    def show(self, event: Event) -> None:
        if isinstance(event, BatchHalved):
            console.problem(f"memory is short: going on with {event.batch} samples a step.")
        if isinstance(event, Chosen) and event.step == 0:
            console.problem("no step was better than the base model, which is kept as it is.")
        if isinstance(event, Progress):
            self._close_table()
            self._line.show(event)
        elif isinstance(event, FramesChosen):
            pass  # comes before the training, when the line shows how far that is
        elif _shows_tables():
            self._open_table().show(event)
        elif isinstance(event, StepsDone):
            self._line.show(Progress(event.step, event.total, "training"))

    def _open_table(self) -> "TrainingTable":
        if self._table is None:
            # Only here, as the commands that train nothing shall start without it.
            from rich.console import Console

            from core.cli.training_table import TrainingTable

            self._line.close()
            self._table = TrainingTable(self._title, Console(stderr=True), time.monotonic)
        return self._table

    def _close_table(self) -> None:
        if self._table is not None:
            self._table.close()
            self._table = None


def _shows_tables() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
