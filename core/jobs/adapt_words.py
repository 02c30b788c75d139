"""What an adaptation and its verdict tell, in the words of a job."""

import time
from collections.abc import Callable, Iterator

from core.jobs.events import AnyEvent, Chosen, Pictured, Progressed, Trained, Warned
from core.jobs.folder import JobFolder
from core.jobs.time_left import TimeLeft
from core.progress import Progress
from core.training.log.pace import Pace
from core.training.loop import events as training

TRAINING = "Training"
_FEW = 0.5  # of the frames looked at; fewer are worth a word


class Teller:
    """Knows what was told before, for the pace and the time that is left."""

    def __init__(self, folder: JobFolder, clock: Callable[[], float] = time.monotonic) -> None:
        """Tell of the job in this folder."""
        self._folder = folder
        self._clock = clock
        self._pace = Pace(clock)
        self._activity = ""
        self._left = TimeLeft(clock)

    def told(self, event: Progress | training.TrainingEvent) -> Iterator[AnyEvent]:
        """The job's events for one of the work's."""
        match event:
            case Progress(done=done, total=total, note=note):
                yield self._progressed(done, total, note[:1].upper() + note[1:])
            case training.StepsDone():
                pace = self._pace.after(event.pictures)
                yield Trained(
                    step=event.step,
                    total=event.total,
                    losses=dict(event.losses),
                    rate=event.rate,
                    pictures_per_second=pace,
                )
                yield self._progressed(event.step, event.total, TRAINING)
            case training.Pictured(step=step, path=path):
                yield Pictured(step=step, file=path.relative_to(self._folder.path).as_posix())
            case training.Chosen(step=step, score=score, base_score=base_score):
                yield Chosen(step=step, score=score, base_score=base_score)
            case training.BatchHalved(batch=batch):
                yield Warned(text=f"Memory is short: it goes on with {batch} pictures a step.")
            case training.FramesChosen():
                yield from _of_frames(event)
            case training.Saved():
                pass

    def _progressed(self, done: int, total: int, activity: str) -> Progressed:
        if activity != self._activity:
            self._activity, self._left = activity, TimeLeft(self._clock)
        left = self._left.after(done, total) if total else None
        return Progressed(done=done, total=total, seconds_left=left, activity=activity)


def _of_frames(chosen: training.FramesChosen) -> Iterator[Warned]:
    """A word where little of a recording is of use; some frames are dropped of nearly all."""
    if chosen.kept >= _FEW * chosen.looked_at:
        return
    yield Warned(
        text=f"{chosen.recording.name}: only {chosen.kept} of {chosen.looked_at} frames are learnt "
        f"from; {chosen.without_infant} show no infant and {chosen.near_duplicates} hardly differ "
        "from the one before."
    )
