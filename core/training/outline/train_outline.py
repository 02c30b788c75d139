"""Train a network that outlines infants to a model folder."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import partial

import torch

from core.errors import BadInput
from core.geometry import Affine
from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.models.model_folder import ModelFolder
from core.networks.load import SegmentationNetwork, load_segmentation_network
from core.prediction.processor import lay_out_channels_last
from core.progress import Progress
from core.training.adapt_data import in_order, named, prepared, source_batches
from core.training.batch import Batches
from core.training.data.canvas import cut_canvas, cut_mask
from core.training.data.canvas_writer import CanvasWriter
from core.training.device import usable_device
from core.training.job_inputs import keep_or_compare
from core.training.kept_memory import keep_freed_memory
from core.training.log.logged import logged
from core.training.loop.events import FramesChosen, TrainingEvent
from core.training.loop.train import train
from core.training.outline.outline_learner import OutlineLearner
from core.training.outline.outline_recipe import OutlineRecipe, OutlineRule
from core.training.outline.outlined_pictures import OutlinedSet, Witnesses, open_outlined
from core.training.priors.judge_task import JudgeTask
from core.training.shared_batches import SharedBatches, require_rules
from core.training.trained_model import write_trained

_PICTURES = "source"
_ANY = OutlineRule(share=1)


def train_outline(
    task: JudgeTask, recipe: OutlineRecipe, base: str | None = None
) -> Generator[Progress | TrainingEvent, None, ModelFolder]:
    """Train, or go on from the folder's checkpoint; returns the model.

    It goes on with a base, the shipped segmentation network where none is named.

    Raises:
        BadInput: a source or base cannot be used, or the folder is another training's.
        NoSpace: the disk is full; the last checkpoint stays good.
    """
    require_rules(task.sources, recipe.sources)
    device = usable_device(task.device)
    start = ModelLibrary.standard().find(base or DEFAULT_SEGMENTATION_MODEL)
    network, average = _loaded(start, device), _loaded(start, device)
    sets = yield from _opened(task, recipe)
    plan = task.plan(recipe, recipe.steps, "")
    learnt = {"data": named(sets), "order": in_order(sets)}
    about = {"base_sha256": start.card.weights_sha256, **learnt}
    plan = replace(plan, about={**plan.about, **about})
    keep_or_compare(task.folder, plan.about)
    if device.type == "cpu":
        keep_freed_memory()
    batches = yield from _batches(task, sets, recipe)
    yield from logged(train(OutlineLearner(network, average, batches, recipe), plan), task.folder)
    made = average if recipe.decay else network
    return write_trained(task, made.card, made.module)


def _loaded(folder: ModelFolder, device: torch.device) -> SegmentationNetwork:
    network = load_segmentation_network(folder, device)
    lay_out_channels_last(network.module)
    return network


def _opened(task: JudgeTask, recipe: OutlineRecipe) -> Generator[Progress, None, list[OutlinedSet]]:
    teacher = None
    if recipe.teacher:
        folder = ModelLibrary.standard().find(recipe.teacher)
        teacher = load_segmentation_network(folder, task.device)
    witnesses, found = Witnesses(teacher, task.device), []
    for number, source in enumerate(task.sources):
        yield Progress(number, len(task.sources), "reading labels")
        rule = recipe.sources[number] if recipe.sources else _ANY
        found.append(open_outlined(source, rule, witnesses))
    return found


def _batches(
    task: JudgeTask, sets: Sequence[OutlinedSet], recipe: OutlineRecipe
) -> Generator[Progress | FramesChosen, None, Batches]:
    """By the rules of the sources, each set apart; without rules from all pictures together."""
    if not recipe.sources:
        together = yield from prepared(task.folder / _PICTURES, partial(_add, sets=sets))
        return source_batches(together, recipe.seed, task.device)
    apart = []
    for number, one in enumerate(sets):
        folder = task.folder / _PICTURES / str(number)
        apart.append((yield from prepared(folder, partial(_add, sets=[one]))))
    shares = [rule.share for rule in recipe.sources]
    return SharedBatches.of(apart, shares, recipe.seed, torch.device(task.device))


def _add(writer: CanvasWriter, sets: Sequence[OutlinedSet]) -> Generator[Progress]:
    """Canvases of what the segmentation network sees, with the room that views need."""
    done, total = 0, sum(map(len, sets))
    for pictures in sets:
        before = len(writer)
        for read in pictures.readers:
            if (one := read()) is not None:
                mask = cut_mask(one.mask, Affine(), one.square)
                writer.add(cut_canvas(one.image, one.square, infant=mask), one.name, one.name)
            done += 1
            yield Progress(done, total, "reading pictures")
        if len(writer) == before:
            raise BadInput(
                f"{pictures.source.path}: none of its {len(pictures)} pictures shows an infant "
                "that can be outlined."
            )
