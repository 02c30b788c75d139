"""Train a pose network with labels to a model folder."""

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from core.models.model_folder import ModelFolder, write_model_folder
from core.networks.load import PoseNetwork
from core.progress import Progress
from core.training.adapt_data import named, opened, prepared, source_batches
from core.training.adaptation import Adaptation, Judges
from core.training.batch import BatchSource
from core.training.data.labelled_canvases import add_labelled
from core.training.device import usable_device
from core.training.job_inputs import keep_or_compare
from core.training.kept_memory import keep_freed_memory
from core.training.learner import AdaptationLearner
from core.training.log.logged import logged
from core.training.loop.events import TrainingEvent
from core.training.loop.train import train
from core.training.precision import AutocastNetwork
from core.training.priors.judge_task import JudgeTask
from core.training.scale_out.engine import Engine
from core.training.source.source_recipe import SourceRecipe
from core.training.source.starting_network import Start
from core.training.written_weights import card_name, half_weights

_PICTURES = "source"  # folder of prepared pictures, as in an adaptation


def train_source(
    task: JudgeTask, recipe: SourceRecipe, base: str | None = None
) -> Generator[Progress | TrainingEvent, None, ModelFolder]:
    """Train, or go on from the folder's checkpoint; returns the model.

    Without a base it is a fresh network of the recipe's architecture, or the shipped network
    where the recipe names none.

    Raises:
        BadInput: a source or base cannot be used, or the folder is another training's.
        NoSpace: the disk is full; the last checkpoint stays good.
    """
    start = Start.of(recipe, base)
    device = usable_device(task.device)
    student = start.network(device)
    sets = yield from opened(task.sources)
    plan = task.plan(recipe, recipe.steps, "")
    plan = replace(plan, about={**plan.about, "start": start.about, "data": named(sets)})
    keep_or_compare(task.folder, plan.about)
    if device.type == "cpu":
        keep_freed_memory()
    prepare = partial(add_labelled, sets=sets, framing=recipe.framing)
    canvases = yield from prepared(task.folder / _PICTURES, prepare)
    batches = source_batches(canvases, recipe.seed, task.device)
    learner = _learner(start, student, recipe, batches)
    yield from logged(train(learner, plan), task.folder)
    return _written(task, student, start)


def _learner(
    start: Start, student: AutocastNetwork, recipe: SourceRecipe, batches: BatchSource
) -> AdaptationLearner:
    """An adaptation of which only the source's term is left; no picture passes the teacher."""
    steps = recipe.adaptation
    teacher = start.network(batches.device)
    engine = Engine(dtype=student.dtype)
    adaptation = Adaptation(student, teacher, steps, Judges())
    return AdaptationLearner(adaptation, (student, teacher), steps, (batches, batches), engine)


def _written(task: JudgeTask, network: PoseNetwork, start: Start) -> ModelFolder:
    learnt = ", ".join(map(str, task.sources))
    known = network.card.training_data
    card = network.card.model_copy(
        update={
            "name": card_name(task.model_folder),
            "title": f"{network.card.title}, trained with labels",
            "training_data": f"{known} Then, with labels: {learnt}." if known else learnt,
            "source": "trained on this machine",
            "parent": start.base.card.name if start.base else "",
            "scores": {},
            "created": datetime.now(UTC).date().isoformat(),
        }
    )
    return write_model_folder(task.model_folder, card, half_weights(network.module))
