"""What a drag of the mouse does, from press to release; Esc gives up without a trace."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from app.stage.hit_testing import BoxPart, clipped, reshaped, spanned
from core.geometry import Box

Spot = tuple[float, float]

_DRAG_FROM = 3.0  # widget pixels; a click that trembles selects and moves nothing
_LEAST_SIDE = 8.0  # frame pixels; a smaller box was a slip


class Gesture(Protocol):
    """A drag in progress; spots are widget pixels."""

    def move(self, spot: Spot) -> None:
        """Follow the mouse."""
        ...

    def finish(self) -> None:
        """Keep what was done."""
        ...

    def cancel(self) -> None:
        """Undo what the drag showed so far."""
        ...


@dataclass
class Pan:
    """Moves the picture under the mouse."""

    spot: Spot
    pan: Callable[[float, float], None]
    way: Spot = (0.0, 0.0)

    def move(self, spot: Spot) -> None:
        """Follow the mouse."""
        dx, dy = spot[0] - self.spot[0], spot[1] - self.spot[1]
        self.spot = spot
        self.way = self.way[0] + dx, self.way[1] + dy
        self.pan(dx, dy)

    def finish(self) -> None:
        """Stay there."""

    def cancel(self) -> None:
        """Go back."""
        self.pan(-self.way[0], -self.way[1])


@dataclass
class PointDrag:
    """Moves a keypoint; only the release makes an edit."""

    keypoint: int
    frame: int
    pressed: Spot
    start: Spot  # the point in widget pixels, so that it keeps its distance to the cursor
    place: Callable[[Spot], None]
    spot: Spot | None = field(default=None, init=False)

    def move(self, spot: Spot) -> None:
        """Follow the mouse, once it has clearly moved."""
        dx, dy = spot[0] - self.pressed[0], spot[1] - self.pressed[1]
        if self.spot is not None or max(abs(dx), abs(dy)) >= _DRAG_FROM:
            self.spot = self.start[0] + dx, self.start[1] + dy

    def finish(self) -> None:
        """Make one edit of the whole way."""
        if self.spot is not None:
            self.place(self.spot)

    def cancel(self) -> None:
        """Forget the way."""
        self.spot = None


@dataclass
class BoxDrag:
    """Draws a box, or moves a part of one; in frame pixels."""

    pressed: Spot
    before: Box | None
    part: BoxPart | None  # None draws a new box
    frame_size: tuple[float, float]
    show: Callable[[Box | None], None]
    keep: Callable[[Box], None]
    box: Box | None = field(default=None, init=False)

    def move(self, spot: Spot) -> None:
        """Follow the mouse; `spot` is in frame pixels."""
        if self.part is None or self.before is None:
            box = spanned(self.pressed, spot)
        else:
            dx, dy = spot[0] - self.pressed[0], spot[1] - self.pressed[1]
            box = reshaped(self.before, self.part, dx, dy)
        self.box = clipped(box, *self.frame_size)
        self.show(self.box)

    def finish(self) -> None:
        """Keep the box, unless it is too small to be meant."""
        if self.box is None or min(self.box.width, self.box.height) < _LEAST_SIDE:
            self.cancel()
        else:
            self.keep(self.box)

    def cancel(self) -> None:
        """Show the box of before."""
        self.show(self.before)
