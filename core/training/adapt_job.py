"""A whole adaptation in one folder: the chosen frames, the training, the model that comes out."""

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from core.atomic_file import write_text
from core.errors import BadInput
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder, is_model_folder, open_model
from core.networks.load import PoseNetwork, load_pose_network
from core.prediction.processor import lay_out_channels_last
from core.progress import Progress
from core.training.adapt_data import (
    AdaptData,
    embedded,
    named,
    opened,
    prepared,
    source_batches,
    target_batches,
)
from core.training.adapt_recipe import AdaptRecipe
from core.training.adaptation import Adaptation
from core.training.batch import BatchSource
from core.training.choice.choosing import Chooser, choosing
from core.training.choice.held_out import hold_out
from core.training.choice.job_choice import begin_choice, told_choice, write_chosen_model
from core.training.data.canvas_set import CanvasSet
from core.training.data.target_footage import Footage, corrections_mark, parts_of
from core.training.data_source import DataSource
from core.training.device import usable_device
from core.training.job_inputs import keep_or_compare
from core.training.kept_memory import keep_freed_memory
from core.training.learner import AdaptationLearner
from core.training.loaded_judges import judges_mark, loaded_judges
from core.training.log.logged import logged
from core.training.log.pictured import pictured
from core.training.log.pose_sheet import PoseSheet
from core.training.log.shown_frames import shown_frames
from core.training.loop.events import FramesChosen, Saved, TrainingEvent
from core.training.loop.train import Plan, train
from core.training.loop.wish import Wish
from core.training.objectives.heatmap_losses import require_fitting_loss
from core.training.precision import AutocastNetwork, autocast_dtype
from core.training.scale_out.batch_norm import sync_batch_norm
from core.training.scale_out.engine import Engine
from core.training.scale_out.launch import ALONE, Launch, joined
from core.training.scale_out.processes import Processes
from core.video.fingerprint import fingerprint

RESULT_FILE, MODEL_FOLDER = "result.json", "model"
SOURCE_FOLDER, TARGET_FOLDER = "source", "target"  # folders of prepared pictures


@dataclass(frozen=True)
class AdaptTask:
    """What is to be adapted to what.

    Without `sources` the labelled pictures are the embedded synthetic people. The target are
    `recordings`, whose corrected frames have labels, and the pictures of the data sets `targets`,
    whose labels only mode `oracle` sees.
    """

    recordings: tuple[Footage, ...]
    job: Path
    recipe: AdaptRecipe
    base: str
    sources: tuple[DataSource, ...] = ()
    targets: tuple[DataSource, ...] = ()
    device: str = "cpu"
    launch: Launch = ALONE
    wish: Callable[[], Wish] | None = None  # asked before each step of the training


def adapt(task: AdaptTask) -> Generator[Progress | TrainingEvent, None, ModelFolder]:
    """Adapt, or go on where the job's folder says that it was stopped; returns the new model.

    Raises:
        BadInput: a recording, model or source cannot be used, or the folder is another job's.
        NoSpace: the disk is full; what was kept before stays good.
    """
    device = usable_device(task.device, task.launch.local_rank)
    task = replace(task, device=str(device))
    with joined(task.launch, device) as processes:
        work = _adapted(task, processes)
        return (yield from work) if processes.is_first else _unheard(work)


def _adapted(
    task: AdaptTask, processes: Processes
) -> Generator[Progress | TrainingEvent, None, ModelFolder]:
    recipe, base = task.recipe, ModelLibrary.standard().find(task.base)
    require_fitting_loss(recipe.label_loss, base.card.architecture)
    engine = _engine(task, processes)
    judges = loaded_judges(recipe, task.device)
    data = yield from _data(task)
    about = _about(task, base, data)
    with processes.first_alone():
        keep_or_compare(task.job, about)
    if is_model_folder(task.job / MODEL_FOLDER):
        return open_model(task.job / MODEL_FOLDER)
    with processes.first_alone():
        *batches, held_out = yield from _batches(task, data)
    source, target = (replace(one, processes=processes) for one in batches)
    student, teacher = _networks(base, task, engine)
    adaptation = Adaptation(student, teacher, recipe, judges, processes.gather)
    learner = AdaptationLearner(adaptation, (student, teacher), recipe, (source, target), engine)
    plan = Plan(task.job, recipe.steps, recipe.save_every, recipe.log_every, about, task.wish)
    final = teacher if recipe.final_network == "teacher" else student
    # What is done beside the training draws no random number and changes no weights: the first
    # process does it alone.
    chooser = begin_choice(final, held_out, recipe, task.job) if processes.is_first else None
    events = train(learner, plan, processes)
    if chooser is not None:
        events = choosing(events, chooser)
    if processes.is_first:
        frames = shown_frames(held_out or target.canvases, target.device)
        sheet = PoseSheet(final, frames, judges.area)
        events = logged(pictured(events, plan, recipe.pictures_every, sheet.draw), task.job)
    last = yield from _last_step(events, recipe.steps)
    with processes.first_alone():
        if processes.is_first:
            result = {**about, "choice": told_choice(chooser, recipe, last)}
            _write(task, final, base, result, chooser)
    return open_model(task.job / MODEL_FOLDER)


def _last_step(
    events: Generator[TrainingEvent, None, Any], planned: int
) -> Generator[TrainingEvent, None, int]:
    """Pass the events on; returns after which step the training ended."""
    last = planned
    with closing(events):
        for event in events:
            if isinstance(event, Saved) and event.why == "finished":
                last = event.step
            yield event
    return last


def _unheard(work: Generator[object, None, ModelFolder]) -> ModelFolder:
    """Do work to its end, of which the first process tells for all."""
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def _engine(task: AdaptTask, processes: Processes) -> Engine:
    recipe, device = task.recipe, torch.device(task.device)
    processes.share(recipe.batch)
    if device.type == "cpu":
        keep_freed_memory()
    is_synced = recipe.batch_norm_sync and processes.count > 1
    return Engine(processes, autocast_dtype(recipe.precision, device), is_synced)


def _data(task: AdaptTask) -> Generator[Progress, None, AdaptData]:
    """What to learn from; the source only where its term has a weight."""
    recipe = task.recipe
    has_labels = task.targets or any(footage.corrected for footage in task.recordings)
    if recipe.mode == "oracle" and not has_labels:
        raise BadInput(
            "mode oracle learns from the target's labels, and these recordings have none; "
            "name a labelled set with --target NAME=ROOT, or a study with corrected frames."
        )
    wanted = (task.sources or (embedded(),)) if recipe.active_weights.is_active("source") else ()
    sources = yield from opened(wanted)
    targets = yield from opened(task.targets)
    return AdaptData(sources, targets, task.recordings, recipe, task.base, task.device)


def _about(task: AdaptTask, base: ModelFolder, data: AdaptData) -> Mapping[str, Any]:
    """What must be the same for a job to go on."""
    return {
        "recordings": {str(one.path): fingerprint(one.path) for one in task.recordings},
        "parts of recordings": parts_of(task.recordings),
        "corrected frames": corrections_mark(task.recordings),
        "base": base.card.name,
        "base_sha256": base.card.weights_sha256,
        "sources": named(data.sources),
        "targets": named(data.targets),
        "recipe": task.recipe.model_dump(mode="json"),
        "judges": judges_mark(task.recipe),
    }


def _batches(
    task: AdaptTask, data: AdaptData
) -> Generator[Progress | FramesChosen, None, tuple[BatchSource, BatchSource, CanvasSet]]:
    """The source's, the target's, and what is held out of the target.

    The target stands in for a source that nothing looks at.
    """
    seed = task.recipe.seed
    target = yield from prepared(task.job / TARGET_FOLDER, data.add_target)
    source = target
    if data.sources:
        source = yield from prepared(task.job / SOURCE_FOLDER, data.add_source)
    share = task.recipe.labelled_share
    split = hold_out(target, task.recipe.held_out, seed)
    batches = target_batches(target, split.kept, seed, task.device, share)
    held_out = target.subset(split.held_out)
    return source_batches(source, seed, task.device), batches, held_out


def _networks(
    base: ModelFolder, task: AdaptTask, engine: Engine
) -> tuple[AutocastNetwork, AutocastNetwork]:
    """Student and teacher."""
    # Peaks of a single view become labels as they are; a mean over views smooths what bf16 moves.
    half = engine.dtype if task.recipe.teacher_views > 1 else None
    return _network(base, task, engine), _network(base, task, replace(engine, dtype=half))


def _network(base: ModelFolder, task: AdaptTask, engine: Engine) -> AutocastNetwork:
    module = load_pose_network(base, task.device).module
    if task.recipe.memory_format == "channels_last":
        lay_out_channels_last(module)
    if engine.syncs_batch_norm:
        module = sync_batch_norm(module)
    return AutocastNetwork(base.card, module, engine.dtype)


def _write(
    task: AdaptTask,
    network: PoseNetwork,
    base: ModelFolder,
    result: Mapping[str, Any],
    chooser: Chooser | None,
) -> None:
    """The model of the step that was chosen, and beside it the result that tells why."""
    best = chooser and chooser.best
    told = {**result, "model": MODEL_FOLDER}
    # The model last: a job that has it is done.
    write_text(task.job / RESULT_FILE, json.dumps(told, indent=2))
    write_chosen_model(task.job / MODEL_FOLDER, network, base, _today(), best)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
