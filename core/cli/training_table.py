"""A table on the terminal that follows a training."""

from collections.abc import Callable

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from core.cli.console import time_left
from core.jobs.time_left import TimeLeft
from core.training.log.pace import Pace
from core.training.loop.events import (
    BatchHalved,
    Chosen,
    FramesChosen,
    Pictured,
    Saved,
    StepsDone,
    TrainingEvent,
)


class TrainingTable:
    """Rewrites itself at each event; what is written to stderr meanwhile stands above it."""

    def __init__(self, title: str, console: Console, clock: Callable[[], float]) -> None:
        """Begin to measure; nothing is shown yet. `clock` gives seconds."""
        self._title, self._pace, self._left = title, Pace(clock), TimeLeft(clock)
        self._rows: dict[str, str] = {}
        self._bar = ProgressBar(width=24)
        # No thread of its own: Ctrl-C then never meets one that is writing.
        self._live = Live(
            console=console, auto_refresh=False, transient=True, redirect_stdout=False
        )

    def show(self, event: TrainingEvent) -> None:
        """Take in what happened."""
        match event:
            case StepsDone():
                self._count(event)
            case Saved():
                self._rows["saved"] = f"step {event.step}"
            case Pictured():
                self._rows["picture"] = event.path.name
            case BatchHalved():
                self._rows["batch"] = f"{event.batch}, as memory is short"
            case Chosen():
                self._rows["best"] = f"step {event.step}"
            case FramesChosen():
                return  # comes before the training
        self._live.start()
        self._live.update(self._table(), refresh=True)

    def close(self) -> None:
        """Take the table away."""
        self._live.stop()

    def _count(self, event: StepsDone) -> None:
        seconds = self._left.after(event.step, event.total)
        is_first = not self._rows  # of this run, and its steps began before the table
        pace = self._pace.after(event.pictures)
        self._bar.update(event.step, event.total)
        self._rows["step"] = f"{event.step} of {event.total}"
        self._rows["time left"] = "" if seconds is None else time_left(seconds)
        self._rows["pictures a second"] = "" if pace is None or is_first else f"{pace:.3g}"
        self._rows["learning rate"] = f"{event.rate:.3g}"
        for name, loss in event.losses.items():
            self._rows[f"{name} loss"] = f"{loss:.4g}"

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_row(Text(self._title, "bold"), self._bar)
        for name, value in self._rows.items():
            if value:
                table.add_row(Text(name, "dim"), Text(value))
        return table
