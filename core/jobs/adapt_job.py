"""The work of an adapt job: a model adapted to recordings of a study, told as a job's events."""

import json
import os
import time
from collections.abc import Callable, Generator
from contextlib import closing

from core.geometry import Box
from core.jobs.events import (
    AnyEvent,
    Chosen,
    Judged,
    Pictured,
    Progressed,
    Started,
    Trained,
    Warned,
)
from core.jobs.folder import JobFolder
from core.jobs.requests import AdaptRequest
from core.jobs.time_left import TimeLeft
from core.progress import Progress
from core.training.adapt_job import MODEL_FOLDER, AdaptTask, adapt
from core.training.adapt_recipe import AdaptRecipe
from core.training.data.target_footage import Footage
from core.training.device import usable_device
from core.training.loop import events as training
from core.training.recipe_file import load_recipe
from core.verdict.judge import JudgeTask, judge
from core.verdict.report import VERDICT_FILE
from core.verdict.reserve import reserve


def adapt_and_judge(folder: JobFolder, request: AdaptRequest) -> Generator[AnyEvent]:
    """Do the job, telling what happens; it stops where nobody asks for the next event.

    Raises:
        BadInput: a recording, model or recipe cannot be used, or is not what the job began with.
        NoSpace: the disk is full; what was kept before stays good.
    """
    recipe = load_recipe(AdaptRecipe, request.recipe, request.settings)
    reserved = reserve(_footage(request))
    task = AdaptTask(
        recordings=reserved.learnt,
        job=folder.path,
        recipe=recipe,
        base=request.base,
        device=request.device,
    )
    yield Started(pid=os.getpid(), model=request.base)
    teller = _Teller(time.monotonic)
    with closing(adapt(task)) as work:
        for event in work:
            yield from teller.told(event, folder)
    judging = JudgeTask(
        job=folder.path,
        base=request.base,
        model=folder.path / MODEL_FOLDER,
        kept_back=reserved.kept_back,
        step=_step(folder),
        device=str(usable_device(request.device)),
    )
    with closing(judge(judging)) as work:
        for event in work:
            yield from teller.told(event, folder)
    yield Judged(file=VERDICT_FILE)


def _step(folder: JobFolder) -> int:
    """After how many steps the model was taken."""
    result = json.loads(folder.result_path.read_text(encoding="utf-8"))
    return int(result["choice"]["step"])


def _footage(request: AdaptRequest) -> tuple[Footage, ...]:
    return tuple(
        Footage(one.recording, Box(*one.roi) if one.roi else None, one.stretches)
        for one in request.footage
    )


class _Teller:
    """Puts what a training tells into a job's words."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._left = TimeLeft(clock)

    def told(
        self, event: Progress | training.TrainingEvent, folder: JobFolder
    ) -> Generator[AnyEvent]:
        match event:
            case Progress(done=done, total=total, note=note):
                yield Progressed(done=done, total=total, activity=note.capitalize())
            case training.StepsDone(step=step, total=total):
                left = self._left.after(step, total)
                yield Trained(step=step, total=total, losses=dict(event.losses), rate=event.rate)
                yield Progressed(done=step, total=total, seconds_left=left, activity="Training")
            case training.Pictured(step=step, path=path):
                yield Pictured(step=step, file=path.relative_to(folder.path).as_posix())
            case training.Chosen(step=step, score=score):
                yield Chosen(step=step, score=score, base_score=0.0)
            case training.BatchHalved(batch=batch):
                yield Warned(text=f"Memory is short: it goes on with {batch} pictures a step.")
            case training.Saved():
                pass
