"""What the command line says: results on stdout, problems and progress on stderr."""

import os
import sys
import time

from core.progress import Progress

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
        """Start counting time now; `title` names what is worked on."""
        self._title = title
        self._started = time.monotonic()
        self._shown = 0.0

    def show(self, progress: Progress) -> None:
        """Rewrite the line, a few times a second at most."""
        now = time.monotonic()
        last = progress.total > 0 and progress.done >= progress.total
        if not sys.stderr.isatty() or (now - self._shown < _SECONDS_BETWEEN_UPDATES and not last):
            return
        self._shown = now
        sys.stderr.write(f"{_ERASE_LINE}{self._text(progress, now - self._started)}")
        sys.stderr.flush()

    def close(self) -> None:
        """Take the line away."""
        _hide_progress()

    def _text(self, progress: Progress, seconds: float) -> str:
        rate = progress.done / seconds if seconds > 0 else 0.0
        if not progress.total:
            return f"{self._title}: {progress.done} frames, {rate:.1f} a second"
        left = (progress.total - progress.done) / rate if rate else 0.0
        return (
            f"{self._title}: {progress.done} of {progress.total} frames "
            f"({progress.fraction:.0%}), {rate:.1f} a second, {time_left(left)} left"
        )


def time_left(seconds: float) -> str:
    """A duration for people: 45 s, 3 min 20 s, 2 h 5 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
