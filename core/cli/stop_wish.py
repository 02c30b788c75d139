"""Ctrl-C as a wish, so that no step is cut in half."""

import signal
from collections.abc import Callable
from types import FrameType
from typing import Self

from core.cli import console


class StopWish:
    """Takes the first Ctrl-C as a wish; a second one stops at once."""

    def __init__(self, tell: Callable[[], object] | None = None, when: str = "step") -> None:
        """`tell` is called with the wish; `when` says where it will be heard."""
        self.is_there = False
        self._tell = tell
        self._when = when

    def __enter__(self) -> Self:
        """Listen."""
        self._before = signal.signal(signal.SIGINT, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        """Let Ctrl-C be what it was."""
        signal.signal(signal.SIGINT, self._before)

    def _take(self, number: int, frame: FrameType | None) -> None:
        self.is_there = True
        signal.signal(signal.SIGINT, self._before)
        console.problem(f"stopping at the next {self._when}; Ctrl-C once more stops at once.")
        if self._tell is not None:
            self._tell()
