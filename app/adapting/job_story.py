"""What an adaptation has told so far, boiled down to what a view shows of it; knows no Qt."""

from dataclasses import dataclass, field

from app.adapting.curve_points import Curve
from core.jobs.events import AnyEvent, Chosen, Failed, Judged, Pictured, Started, Trained, Warned
from core.jobs.status import JobState, JobStatus

_TRAINING = "training"  # how the activity begins while steps are taken


@dataclass(eq=False)
class JobStory:
    """Hears events in their order and sees the newest status; one for each job.

    losses: a curve for each term, by its key; rate: the learning rate.
    pictures: files relative to the job's folder, by step; best: the step that would become the
    model, 0 for the base model, None while nothing was compared.
    is_finishing: it was asked to end early and keep the best; told by whoever asked.
    """

    status: JobStatus = field(default_factory=JobStatus)
    losses: dict[str, Curve] = field(default_factory=dict)
    rate: Curve = field(default_factory=Curve)
    step: int = 0
    steps: int = 0  # 0 until training begins
    pictures_per_second: float | None = None
    pictures: dict[int, str] = field(default_factory=dict)
    best: Chosen | None = None
    warnings: list[str] = field(default_factory=list)
    failure: Failed | None = None
    verdict: str = ""  # relative to the job's folder
    is_finishing: bool = False

    def see(self, status: JobStatus) -> None:
        """Take the newest status."""
        self.status = status

    def hear(self, event: AnyEvent) -> None:
        """Take note of one event; of those that are not named here the status says the same."""
        match event:
            case Trained():
                self._train(event)
            case Started():
                self.failure = None
            case Pictured(step=step, file=file):
                self.pictures[step] = file
            case Chosen():
                self.best = event
            case Warned(text=text) if text not in self.warnings:
                self.warnings.append(text)
            case Judged(file=file):
                self.verdict = file
            case Failed():
                self.failure = event
            case _:
                pass

    @property
    def state(self) -> JobState:
        """Where the job stands."""
        return self.status.state

    @property
    def is_training(self) -> bool:
        """Whether it takes steps at this moment, and not before or behind them."""
        if self.state is not JobState.RUNNING or not self.steps:
            return False
        activity = self.status.activity
        return activity.lower().startswith(_TRAINING) if activity else self.step < self.steps

    @property
    def reason(self) -> str:
        """Why it failed, in a sentence."""
        return self.status.reason or (self.failure.reason if self.failure else "")

    @property
    def details(self) -> str:
        """What a report of the failure needs."""
        return (self.failure.details if self.failure else "") or self.reason

    @property
    def counted(self) -> tuple[int, int]:
        """(done, total): steps of the training, or frames of what comes before and behind it."""
        is_elsewhere = self.state is JobState.RUNNING and not self.is_training
        if self.steps and not is_elsewhere:
            return self.step, self.steps
        return self.status.done, self.status.total

    @property
    def fraction(self) -> float:
        """How much is done of what it is at, in [0, 1]."""
        done, total = self.counted
        return min(done / total, 1.0) if total else 0.0

    def _train(self, event: Trained) -> None:
        if event.step <= self.step:
            self._rewind(event.step)
        self.step, self.steps = event.step, event.total
        self.pictures_per_second = event.pictures_per_second
        self.rate.add(event.step, event.rate)
        for name, value in event.losses.items():
            if value or name in self.losses:  # a term that has nothing to teach has no curve
                self.losses.setdefault(name, Curve()).add(event.step, value)

    def _rewind(self, step: int) -> None:
        """What was told from `step` on is done again, pictures and choices included."""
        for curve in (self.rate, *self.losses.values()):
            curve.rewind(step)
        self.pictures = {at: file for at, file in self.pictures.items() if at < step}
        if self.best is not None and self.best.step >= step:
            self.best = None
