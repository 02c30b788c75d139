"""What the command line says: results on stdout, problems and progress on stderr."""

import os
import sys
import time
from collections.abc import Generator
from typing import TypeVar

from core.jobs.time_left import TimeLeft
from core.progress import Progress

Result = TypeVar("Result")
_SECONDS_BETWEEN_UPDATES = 0.2
_ERASE_LINE = "\r\x1b[K"


def say(text: str) -> None:
    """Write a line of the answer to stdout; whoever reads may have heard enough."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has gone; without this, Python would complain again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def problem(text: object) -> None:
    """Write one problem to stderr as exactly one line, however the text was broken."""
    _hide_progress()
    sys.stderr.write(f"shift-pose: {' '.join(str(text).split())}\n")
    sys.stderr.flush()


def _hide_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write(_ERASE_LINE)


class ProgressLine:
    """One line on a terminal that keeps rewriting itself; silent when stderr is a file or pipe."""

    def __init__(self, title: str) -> None:
        """`title` names what is worked on."""
        self._title = title
        self._step = ""
        self._left = TimeLeft(time.monotonic)
        self._shown = 0.0

    def show(self, progress: Progress) -> None:
        """Rewrite the line, a few times a second at most."""
        if not sys.stderr.isatty():
            return
        if progress.note != self._step:  # another step goes at another speed
            self._step, self._left = progress.note, TimeLeft(time.monotonic)
        seconds = self._left.after(progress.done, progress.total)
        now = time.monotonic()
        if now - self._shown < _SECONDS_BETWEEN_UPDATES and progress.done < progress.total:
            return
        self._shown = now
        step = f"{progress.note} " if progress.note else ""
        left = "" if seconds is None else f", {time_left(seconds)} left"
        text = f"{self._title}: {step}{progress.fraction:.0%}{left}"
        sys.stderr.write(_ERASE_LINE + text)
        sys.stderr.flush()

    def close(self) -> None:
        """Take the line away."""
        _hide_progress()


def with_progress(work: Generator[Progress, None, Result], title: str) -> Result:
    """Do work to its end, showing how far it is; returns what it returns."""
    line = ProgressLine(title)
    try:
        while True:
            line.show(next(work))
    except StopIteration as finished:
        return finished.value
    finally:
        work.close()
        line.close()


def time_left(seconds: float) -> str:
    """A duration for people: 45 s, 3 min 20 s, 2 h 5 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
