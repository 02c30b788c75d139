"""How long the verdict at the end of an adaptation takes: its parts are begun, and timed."""

import shutil
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.models.library import ModelLibrary
from core.progress import Progress
from core.training.data.footage import open_length
from core.training.data.target_footage import Footage
from core.verdict.forgetting import PICTURES
from core.verdict.judge import JudgeTask, judge
from core.verdict.reserve import reserve
from core.verdict.watching import MOST, MOST_OF_ONE

_UNITS: Final = 4  # moments compared, fewer are none; and pictures of known infants
VIDEO_FRAMES: Final = 100  # that the verdict draws at most
VIDEO_BATCH: Final = 16  # frames that it predicts in one go
_EVENTS: Final = 2 * _UNITS + VIDEO_BATCH + 1
COMPARING: Final = "comparing both models"
CHECKING: Final = "checking what is still known"
DRAWING: Final = "drawing the side-by-side video"

Clock = Callable[[], float]


@dataclass(frozen=True)
class VerdictTrial:
    """A verdict on the base itself, in a folder of its own that goes when it is over."""

    folder: Path
    base: str
    device: str
    clock: Clock

    def run(self, footage: Sequence[Footage]) -> Generator[Progress, None, float]:
        """Seconds of the verdict on an adaptation to this footage; 0 where that is too short.

        Raises:
            BadInput, BadModel, BadVideo: a recording or the base cannot be used.
            NoSpace: the folder cannot be written.
        """
        shutil.rmtree(self.folder, ignore_errors=True)  # of a killed one
        kept_back = reserve(footage).kept_back
        if not kept_back:
            return 0.0
        task = JudgeTask(
            job=self.folder,
            base=self.base,
            model=ModelLibrary.standard().find(self.base).path,
            kept_back=kept_back[:1],
            step=1,
            device=self.device,
            most=_UNITS,
        )
        times = VerdictTimes(self.clock())
        try:
            with closing(judge(task)) as work:
                for event in work:
                    times.hear(event.note, self.clock())
                    if times.is_enough:
                        break
                    yield Progress(len(times.heard), _EVENTS, "measuring what the verdict takes")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        frames = [open_length(one) for one in kept_back]
        shown = sum(min(count, MOST_OF_ONE) for count in frames)
        return times.whole(min(MOST, shown), min(VIDEO_FRAMES, frames[0]))


@dataclass
class VerdictTimes:
    """When each part of a short verdict was told of."""

    begun: float
    heard: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])

    def hear(self, note: str, now: float) -> None:
        """Remember a part."""
        self.heard.append((note, now))

    @property
    def is_enough(self) -> bool:
        """Whether a whole batch of the film was timed."""
        return len(self._of(DRAWING)) > VIDEO_BATCH

    def whole(self, moments: int, frames: int) -> float:
        """Seconds with so many moments to compare and frames of a film, from these few."""
        if not self.heard:
            return 0.0
        drawn = self._of(DRAWING)
        missing = (
            (moments, len(self._of(COMPARING)), _each(self._of(COMPARING))),
            (PICTURES, len(self._of(CHECKING)), _each(self._of(CHECKING))),
            # The frames of a batch come all at once, so what was timed is the first two batches.
            (frames, 2 * VIDEO_BATCH, _each(drawn)) if drawn else (0, 0, 0.0),
        )
        took = self.heard[-1][1] - self.begun
        return took + sum(max(all_of_it - done, 0) * each for all_of_it, done, each in missing)

    def _of(self, note: str) -> list[float]:
        return [now for told, now in self.heard if told == note]


def _each(times: Sequence[float]) -> float:
    """Mean seconds from one to the next."""
    return (times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else 0.0
