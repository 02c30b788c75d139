"""How long a job still takes, judged by the work of the last minute."""

from collections import deque
from collections.abc import Callable

_WINDOW = 60.0  # seconds
_FIRST_GUESS_AFTER = 2.0  # seconds of work; before that a guess would jump


class TimeLeft:
    """Estimates from what is done by when; work done before this run does not count."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take the time from `clock`, in seconds."""
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque()

    def after(self, done: int, total: int) -> float | None:
        """Seconds left now that `done` of `total` are done; None while it cannot be told."""
        now = self._clock()
        self._marks.append((now, done))
        while now - self._marks[0][0] > _WINDOW and len(self._marks) > 2:
            self._marks.popleft()
        then, before = self._marks[0]
        if now - then < _FIRST_GUESS_AFTER or done <= before:
            return None
        return max(total - done, 0) * (now - then) / (done - before)
