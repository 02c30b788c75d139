"""Train a pose network with labels to a model folder."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import torch

from core.errors import BadInput
from core.models.model_folder import ModelFolder, write_model_folder
from core.networks.load import PoseNetwork
from core.progress import Progress
from core.training.adapt_data import named, prepared, source_batches
from core.training.adaptation import Adaptation, Judges
from core.training.batch import Batches
from core.training.data.labelled_canvases import add_labelled
from core.training.data.pictures import PictureSet
from core.training.data_source import DataSource
from core.training.device import usable_device
from core.training.job_inputs import keep_or_compare
from core.training.kept_memory import keep_freed_memory
from core.training.learner import AdaptationLearner
from core.training.log.logged import logged
from core.training.loop.events import FramesChosen, TrainingEvent
from core.training.loop.train import train
from core.training.precision import AutocastNetwork
from core.training.priors.judge_task import JudgeTask
from core.training.scale_out.engine import Engine
from core.training.shared_batches import SharedBatches
from core.training.source.source_recipe import SourceRecipe
from core.training.source.starting_network import Start
from core.training.source.taught_pictures import Teacher, open_taught
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
    teacher = Teacher.of(recipe.teacher, recipe.agreed, task.device)
    device = usable_device(task.device)
    student, average = start.network(device), start.network(device)
    sets = yield from _opened(task.sources, recipe, teacher)
    plan = task.plan(recipe, recipe.steps, "")
    plan = replace(plan, about={**plan.about, "start": start.about, "data": named(sets)})
    keep_or_compare(task.folder, plan.about)
    if device.type == "cpu":
        keep_freed_memory()
    batches = yield from _batches(task, sets, recipe)
    learner = _learner(student, average, recipe, batches)
    yield from logged(train(learner, plan), task.folder)
    return _written(task, average if recipe.decay else student, start)


def _opened(
    sources: Sequence[DataSource], recipe: SourceRecipe, teacher: Teacher | None
) -> Generator[Progress, None, list[PictureSet]]:
    if recipe.sources and len(recipe.sources) != len(sources):
        raise BadInput(
            f"--data names {len(sources)} sources, and the recipe has rules for "
            f"{len(recipe.sources)}; each needs one, in the same order. Change them with --set "
            "'sources=[{share=6}, {share=2}]'."
        )
    found = []
    for number, source in enumerate(sources):
        yield Progress(number, len(sources), "reading labels")
        found.append(open_taught(source, teacher))
    return found


def _batches(
    task: JudgeTask, sets: Sequence[PictureSet], recipe: SourceRecipe
) -> Generator[Progress | FramesChosen, None, Batches]:
    """By the rules of the sources, each set apart; without rules from all pictures together."""
    if not recipe.sources:
        prepare = partial(add_labelled, sets=sets, framing=recipe.framing)
        together = yield from prepared(task.folder / _PICTURES, prepare)
        return source_batches(together, recipe.seed, task.device)
    apart = []
    for number, (one, rule) in enumerate(zip(sets, recipe.sources, strict=True)):
        prepare = partial(add_labelled, sets=[one], framing=recipe.framing)
        canvases = yield from prepared(task.folder / _PICTURES / str(number), prepare)
        apart.append(canvases.without_labels(*rule.unlabelled))
    shares = [rule.share for rule in recipe.sources]
    return SharedBatches.of(apart, shares, recipe.seed, torch.device(task.device))


def _learner(
    student: AutocastNetwork, average: AutocastNetwork, recipe: SourceRecipe, batches: Batches
) -> AdaptationLearner:
    """An adaptation of which only the source's term is left; no picture passes the teacher."""
    steps, engine = recipe.adaptation, Engine(dtype=student.dtype)
    adaptation = Adaptation(student, average, steps, Judges())
    return AdaptationLearner(adaptation, (student, average), steps, (batches, batches), engine)


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
