"""Keep what a training tells in the folder where it works: a table, and TensorBoard's files."""

import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from PIL import Image

from core.training.log.csv_log import LOG_FILE, CsvLog
from core.training.log.event_file import TENSORBOARD_FOLDER, EventFile
from core.training.log.pace import Pace
from core.training.loop.events import Pictured, StepsDone, TrainingEvent

Result = TypeVar("Result")


@dataclass(frozen=True)
class Clocks:
    """`work` measures how long something takes; `date` gives seconds since 1970."""

    work: Callable[[], float]
    date: Callable[[], float]


OF_THE_SYSTEM: Final = Clocks(time.monotonic, time.time)


def logged(
    events: Generator[TrainingEvent, None, Result], folder: Path, clocks: Clocks = OF_THE_SYSTEM
) -> Generator[TrainingEvent, None, Result]:
    """Pass a training's events on, and its result; write `log.csv` and `tensorboard/` meanwhile.

    A training that is resumed goes on in the same table, and so does its time; what it had told
    beyond its checkpoint is dropped, as it is told again.

    Raises:
        BadInput: `log.csv` is not what a training wrote.
        NoSpace: the disk is full.
    """
    with closing(events), ExitStack() as open_files:
        log = _Log(folder, clocks, open_files)
        while True:
            try:
                event = next(events)
            except StopIteration as finished:
                return finished.value
            log.take(event)
            yield event


class _Log:
    """Opens its files when there is something to write."""

    def __init__(self, folder: Path, clocks: Clocks, open_files: ExitStack) -> None:
        self._folder, self._clocks, self._open_files = folder, clocks, open_files
        self._pace, self._then = Pace(clocks.work), clocks.work()
        self._table: CsvLog | None = None
        self._curves: EventFile | None = None

    def take(self, event: TrainingEvent) -> None:
        match event:
            case StepsDone():
                self._number(event)
            case Pictured():
                self._show(event)
            case _:
                pass

    def _number(self, event: StepsDone) -> None:
        if self._table is None:
            self._table = CsvLog(self._folder / LOG_FILE, event.step)
        pace, now = self._pace.after(event.pictures), self._clocks.work()
        self._table.seconds += now - self._then
        self._then = now
        self._table.add(event.step, event.rate, event.losses, pace)
        speed = {} if pace is None else {"pictures_per_second": pace}
        losses = {f"loss/{name}": value for name, value in event.losses.items()}
        self._event_file(event.step).numbers(event.step, {**losses, "rate": event.rate, **speed})

    def _show(self, event: Pictured) -> None:
        content = event.path.read_bytes()
        with Image.open(event.path) as picture:
            size = picture.size
        self._event_file(event.step).picture(event.step, "found", content, size)

    def _event_file(self, first_step: int) -> EventFile:
        if self._curves is None:
            file = EventFile(self._folder / TENSORBOARD_FOLDER, first_step, self._clocks.date)
            self._curves = self._open_files.enter_context(file)
        return self._curves
