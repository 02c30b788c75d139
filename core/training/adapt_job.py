"""A whole adaptation in one folder: the chosen frames, the training, the model that comes out."""

import json
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from core.atomic_file import write_text
from core.errors import BadInput
from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.models.model_folder import ModelFolder, is_model_folder, open_model
from core.networks.load import PoseNetwork, load_pose_network
from core.networks.load_judges import load_area, load_prior
from core.prediction.predictor import build_predictor
from core.prediction.processor import lay_out_channels_last
from core.progress import Progress
from core.shards.pack import source_pack
from core.shards.reader import ShardSet
from core.training.adapt_recipe import AdaptRecipe
from core.training.adaptation import Adaptation, Judges
from core.training.adapted_model import write_adapted_model
from core.training.batch import BatchSource
from core.training.data.canvas_set import CanvasSet, has_canvases, open_canvases
from core.training.data.footage import Gathered, gather_footage
from core.training.data.labelled_canvases import synthetic_canvases
from core.training.device import usable_device
from core.training.kept_memory import keep_freed_memory
from core.training.learner import AdaptationLearner
from core.training.loop.events import TrainingEvent
from core.training.loop.order import Order
from core.training.loop.train import Plan, train
from core.video.fingerprint import fingerprint

REQUEST_FILE, RESULT_FILE, MODEL_FOLDER = "request.json", "result.json", "model"
_SOURCE, _TARGET = "source", "target"  # folders of prepared pictures
_SOURCE_SEED, _TARGET_SEED = 1, 2  # so that both orders differ under one seed


@dataclass(frozen=True)
class AdaptTask:
    """What is to be adapted to what; `source` None takes the embedded synthetic people."""

    recordings: tuple[Path, ...]
    job: Path
    recipe: AdaptRecipe
    base: str
    source: Path | None = None
    device: str = "cpu"


def adapt(task: AdaptTask) -> Generator[Progress | TrainingEvent, None, ModelFolder]:
    """Adapt, or go on where the job's folder says that it was stopped; returns the new model.

    Raises:
        BadInput: a recording, model or source cannot be used, or the folder is another job's.
        NoSpace: the disk is full; what was kept before stays good.
    """
    base = ModelLibrary.standard().find(task.base)
    device = usable_device(task.device)
    judges = _judges(task)
    about = _about(task, base)
    _keep_or_compare(task.job, about)
    if is_model_folder(task.job / MODEL_FOLDER):
        return open_model(task.job / MODEL_FOLDER)
    if device.type == "cpu":
        keep_freed_memory()
    source = yield from _prepared(task.job / _SOURCE, _source_canvases(task))
    target = yield from _prepared(task.job / _TARGET, _target_canvases(task))
    student, teacher = (_network(base, task.device) for _ in range(2))
    batches = _batches(task, source), _batches(task, target, _TARGET_SEED)
    adaptation = Adaptation(student, teacher, task.recipe, judges)
    learner = AdaptationLearner(adaptation, student, teacher, task.recipe, batches)
    recipe = task.recipe
    yield from train(
        learner, Plan(task.job, recipe.steps, recipe.save_every, recipe.log_every, about)
    )
    chosen = teacher if recipe.evaluated == "teacher" else student
    model = write_adapted_model(task.job / MODEL_FOLDER, chosen, base, _today())
    write_text(task.job / RESULT_FILE, json.dumps({**about, "model": MODEL_FOLDER}, indent=2))
    return model


def _judges(task: AdaptTask) -> Judges:
    """The networks that the recipe's terms need; raises BadInput where one is not named."""
    recipe, library = task.recipe, ModelLibrary.standard()
    weights = recipe.weights.of_mode(recipe.mode)
    for term, key, named in (
        ("prior", "prior_model", recipe.prior_model),
        ("visibility", "kp2seg_model", recipe.kp2seg_model),
    ):
        if getattr(weights, term) and not named:
            raise BadInput(
                f"the recipe gives the {term} term a weight and names no network for it; "
                f"add --set {key}=NAME, or --set weights.{term}=0."
            )
    return Judges(
        load_prior(library.find(recipe.prior_model), task.device) if weights.prior else None,
        load_area(library.find(recipe.kp2seg_model), task.device) if weights.visibility else None,
    )


def _about(task: AdaptTask, base: ModelFolder) -> dict[str, Any]:
    """What must be the same for a job to go on."""
    return {
        "recordings": {str(path): fingerprint(path) for path in task.recordings},
        "base": base.card.name,
        "base_sha256": base.card.weights_sha256,
        "source": str(task.source) if task.source else "embedded",
        "recipe": task.recipe.model_dump(mode="json"),
    }


def _keep_or_compare(job: Path, about: dict[str, Any]) -> None:
    path = job / REQUEST_FILE
    if not path.exists():
        write_text(path, json.dumps(about, indent=2))
        return
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"{path}: cannot be read; choose a new folder for the job.") from error
    if differing := [key for key in about if there.get(key) != about[key]]:
        raise BadInput(
            f"{job}: another job began here (its {', '.join(differing)} differ); "
            "choose a new folder, or give the same command again."
        )


def _prepared(
    folder: Path, make: Generator[Progress, None, CanvasSet]
) -> Generator[Progress, None, CanvasSet]:
    """Pictures from the job's folder, made and kept there if need be."""
    if not has_canvases(folder):
        (yield from make).save(folder)
    return open_canvases(folder)


def _source_canvases(task: AdaptTask) -> Generator[Progress, None, CanvasSet]:
    shards = ShardSet.open(task.source) if task.source else source_pack()
    return (yield from synthetic_canvases(shards))


def _target_canvases(task: AdaptTask) -> Generator[Progress, None, CanvasSet]:
    predictor = build_predictor(task.base, DEFAULT_SEGMENTATION_MODEL, task.device)
    gathered: Gathered = yield from gather_footage(task.recordings, predictor, task.recipe.frames)
    return gathered.canvases


def _batches(task: AdaptTask, canvases: CanvasSet, salt: int = _SOURCE_SEED) -> BatchSource:
    order = Order(1000 * task.recipe.seed + salt, len(canvases))
    return BatchSource(canvases, order, torch.device(task.device))


def _network(base: ModelFolder, device: str) -> PoseNetwork:
    network = load_pose_network(base, device)
    lay_out_channels_last(network.module)
    return network


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
