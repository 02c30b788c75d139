"""How fast a training learns, by the clock on the wall."""

from collections.abc import Callable


class Pace:
    """Pictures a second between two calls; saving and drawing count as time too."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take the time from `clock`, in seconds; the first stretch begins now."""
        self._clock = clock
        self._then = clock()

    def after(self, pictures: int) -> float | None:
        """Pictures a second, now that so many more are done; None while no time has passed."""
        then, self._then = self._then, self._clock()
        passed = self._then - then
        return pictures / passed if passed > 0 else None
