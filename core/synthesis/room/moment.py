"""What moves in a room while its person moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.synthesis.body.posed_body import PosedBody
from core.synthesis.surface import Surface


@dataclass(frozen=True, eq=False)
class Moment:
    """One frame, as things that follow the person need it.

    person: all surfaces of the person; time_s: 0 in a still.
    """

    body: PosedBody
    person: Sequence[Surface]
    time_s: float = 0.0


class Follower(Protocol):
    """Something that moves, or that follows the person: a blanket, a hand, a toy that swings."""

    def at(self, moment: Moment) -> tuple[Surface, ...]:
        """Its surfaces in this frame."""
        ...
