"""The work of an adapt job: adapt to recordings of a study, then judge what came of it."""

import json
import os
import time
from collections.abc import Generator
from contextlib import closing

from core.errors import Stopped
from core.jobs.adapt_inputs import CORRECTIONS_FILE, frozen_footage
from core.jobs.adapt_words import Teller
from core.jobs.device_turn import DeviceTurn
from core.jobs.events import AnyEvent, Judged, Started
from core.jobs.folder import JobFolder
from core.jobs.requests import AdaptRequest
from core.paths import user_folder
from core.progress import Progress
from core.training.adapt_job import MODEL_FOLDER, AdaptTask, adapt
from core.training.adapt_recipe import AdaptRecipe
from core.training.data.target_footage import Footage
from core.training.device import usable_device
from core.training.loop.events import TrainingEvent
from core.training.loop.wish import Wish
from core.training.recipe_file import load_recipe
from core.training.scale_out.launch import Launch
from core.verdict.judge import JudgeTask, judge
from core.verdict.report import VERDICT_FILE
from core.verdict.reserve import reserve

_BETWEEN_LOOKS = 0.5  # seconds


def adapt_and_judge(folder: JobFolder, request: AdaptRequest) -> Generator[AnyEvent]:
    """Do the job, or go on where it ended, telling what happens.

    Asked to stop, it saves what it has learnt; asked to finish, it takes the best so far for the
    model and judges that.

    Raises:
        Stopped: it was asked to stop; nothing that was learnt is lost.
        BadInput: a recording, model or recipe cannot be used, or is not what the job began with.
        NoSpace: the disk is full; what was kept before stays good.
    """
    yield Started(pid=os.getpid(), model=request.base)
    recipe = load_recipe(AdaptRecipe, request.recipe, request.settings)
    teller = Teller(folder)
    device = str(usable_device(request.device))
    with DeviceTurn(user_folder(), device) as turn:
        yield from _told(turn.wait(), teller, folder)
        reserved = reserve(frozen_footage(folder, request))
        with closing(adapt(_task(folder, request, recipe, reserved.learnt))) as work:
            yield from _told(work, teller, folder)
        step = _chosen_step(folder)
        judging = JudgeTask(
            folder.path, request.base, folder.path / MODEL_FOLDER, reserved.kept_back, step, device
        )
        with closing(judge(judging)) as work:
            yield from _told(work, teller, folder)
    yield Judged(file=VERDICT_FILE)


def accompany(folder: JobFolder, request: AdaptRequest) -> None:
    """Train along with the process that does the job, as another one that torchrun started.

    That one freezes what is learnt from, tells, writes and judges: it alone needs to claim the job.

    Raises:
        Stopped: the job was asked to stop.
        BadInput: a recording, model or recipe cannot be used, or is not what the job began with.
    """
    recipe = load_recipe(AdaptRecipe, request.recipe, request.settings)
    while not (folder.path / CORRECTIONS_FILE).exists():
        time.sleep(_BETWEEN_LOOKS)
    reserved = reserve(frozen_footage(folder, request))
    for _ in adapt(_task(folder, request, recipe, reserved.learnt)):
        pass  # only the first process tells


def _told(
    work: Generator[Progress | TrainingEvent, None, object], teller: Teller, folder: JobFolder
) -> Generator[AnyEvent]:
    """What the work tells; between the steps of a training it stops by itself, anywhere else here.

    Raises Stopped.
    """
    for event in work:
        yield from teller.told(event)
        if isinstance(event, Progress) and folder.is_asked_to_stop():
            raise Stopped(f"{folder.path.name}: stopped.")


def _task(
    folder: JobFolder, request: AdaptRequest, recipe: AdaptRecipe, learnt: tuple[Footage, ...]
) -> AdaptTask:
    def wish() -> Wish:
        if folder.is_asked_to_stop():
            return Wish.PAUSE
        return Wish.FINISH if folder.is_asked_to_finish() else Wish.GO_ON

    return AdaptTask(
        recordings=learnt,
        job=folder.path,
        recipe=recipe,
        base=request.base,
        device=request.device,
        launch=Launch.of(os.environ),
        wish=wish,
    )


def _chosen_step(folder: JobFolder) -> int:
    """After how many steps the weights of the new model were; 0: they are the base's."""
    result = json.loads(folder.result_path.read_text(encoding="utf-8"))
    return int(result["choice"]["step"])
