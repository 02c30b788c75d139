"""What one step of furnishing adds to a room."""

from dataclasses import dataclass

from core.synthesis.room.moment import Follower
from core.synthesis.surface import Surface


@dataclass(frozen=True, eq=False)
class Layer:
    """Surfaces that stay, things that follow the person, plain names of what they show.

    drop: metres from z = 0 down to the floor.
    """

    surfaces: tuple[Surface, ...] = ()
    names: tuple[str, ...] = ()
    drop: float = 0.0
    followers: tuple[Follower, ...] = ()

    def __add__(self, other: "Layer") -> "Layer":
        """Both; the deeper floor counts."""
        return Layer(
            self.surfaces + other.surfaces,
            self.names + other.names,
            max(self.drop, other.drop),
            self.followers + other.followers,
        )
