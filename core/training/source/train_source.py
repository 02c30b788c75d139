"""Train a pose network with labels to a model folder."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import partial

import torch

from core.models.model_folder import ModelFolder
from core.progress import Progress
from core.training.adapt_data import in_order, named, prepared, source_batches
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
from core.training.shared_batches import SharedBatches, require_rules
from core.training.source.source_recipe import SourceRecipe
from core.training.source.starting_network import Start
from core.training.source.taught_pictures import Teacher, open_taught
from core.training.trained_model import write_trained

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
    require_rules(task.sources, recipe.sources)
    start = Start.of(recipe, base)
    teacher = Teacher.of(recipe.teacher, recipe.agreed, task.device)
    device = usable_device(task.device)
    student, average = start.network(device), start.network(device)
    sets = yield from _opened(task.sources, recipe, teacher)
    plan = task.plan(recipe, recipe.steps, "")
    about = {"start": start.about, "data": named(sets), "order": in_order(sets)}
    plan = replace(plan, about={**plan.about, **about})
    keep_or_compare(task.folder, plan.about)
    if device.type == "cpu":
        keep_freed_memory()
    batches = yield from _batches(task, sets, recipe)
    learner = _learner(student, average, recipe, batches)
    yield from logged(train(learner, plan), task.folder)
    made = average if recipe.decay else student
    return write_trained(task, made.card, made.module, is_fresh=start.base is None)


def _opened(
    sources: Sequence[DataSource], recipe: SourceRecipe, teacher: Teacher | None
) -> Generator[Progress, None, list[PictureSet]]:
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
