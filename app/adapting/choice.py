"""What can be chosen for an adaptation, and what was chosen; knows no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Stretch = tuple[int, int]  # frames [start, stop)


@dataclass(frozen=True)
class RecordingOffer:
    """A recording of the study; `corrected` frames have points that a person placed."""

    id: int
    name: str
    seconds: float
    frames: int
    is_predicted: bool = False
    corrected: int = 0
    is_missing: bool = False

    def frame_at(self, seconds: float) -> int:
        """The frame that begins nearest to a moment."""
        share = seconds / self.seconds if self.seconds > 0 else 0.0
        return min(max(round(share * self.frames), 0), self.frames)

    def seconds_at(self, frame: int) -> float:
        """When a frame begins."""
        return self.seconds * frame / self.frames if self.frames else 0.0


@dataclass(frozen=True)
class Choice:
    """All that is offered: recordings, models as names and titles, and what is ticked at first.

    stretches: by recording, of those of which a part was chosen before; free_bytes: room on the
    disk that the job will lie on, None if it is not known.
    """

    recordings: tuple[RecordingOffer, ...]
    bases: tuple[tuple[str, str], ...]
    base: str = ""
    chosen: frozenset[int] = frozenset()
    stretches: Mapping[int, Stretch] = field(default_factory=dict[int, Stretch])
    free_bytes: int | None = None


@dataclass(frozen=True)
class ChosenRecording:
    """One recording to adapt to; of the whole of it there are no stretches."""

    id: int
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class ChosenAdaptation:
    """What is to be adapted to what, and how; `settings` are changes of the recipe, KEY=VALUE."""

    recordings: tuple[ChosenRecording, ...]
    base: str
    recipe: str
    settings: tuple[str, ...] = ()
    device: str = "auto"
