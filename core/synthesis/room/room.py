"""A furnished room: everything that a picture shows but the person."""

from dataclasses import dataclass

from core.synthesis.camera import Camera
from core.synthesis.room.moment import Follower, Moment
from core.synthesis.scene import Colour, Finish, Lighting
from core.synthesis.surface import Surface


@dataclass(frozen=True, eq=False)
class Room:
    """What `furnish` made; the same for all frames of a clip.

    names: plain words for what was chosen, for the labels.
    """

    fixed: tuple[Surface, ...]
    followers: tuple[Follower, ...]
    camera: Camera
    lighting: Lighting
    finish: Finish
    background: Colour
    names: tuple[str, ...]

    def at(self, moment: Moment) -> tuple[Surface, ...]:
        """All surfaces but the person's in this frame."""
        moving = [surface for one in self.followers for surface in one.at(moment)]
        return (*self.fixed, *moving)
