"""Train the decoder that style transfer by AdaIN needs, for one source and one target."""

import json
from collections.abc import Generator
from pathlib import Path

import torch

from core.atomic_file import write_bytes
from core.errors import BadInput
from core.networks.style_network import (
    WIDTHS,
    StyleDecoder,
    StyleEncoder,
    Widths,
    load_decoder,
    load_encoder,
)
from core.progress import Progress
from core.training.adapt_data import prepared
from core.training.batch import BatchSource
from core.training.data.canvas_set import CanvasSet
from core.training.device import usable_device
from core.training.job_inputs import keep_or_compare
from core.training.log.logged import logged
from core.training.loop.events import TrainingEvent
from core.training.loop.order import Order
from core.training.loop.train import train
from core.training.priors.noisy_pool import seed_of
from core.training.style.style_learner import StyleLearner
from core.training.style.style_recipe import StyleRecipe
from core.training.style.style_task import StylePictures, StyleTask
from core.training.written_weights import half_weights

_WEIGHTS = 1  # purpose of the recipe's seed
_SOURCE, _TARGET = "source", "target"  # folders of prepared pictures
_SOURCE_SEED, _TARGET_SEED = 1, 2  # so that both orders differ under one seed


def train_style(
    task: StyleTask, recipe: StyleRecipe, widths: Widths = WIDTHS
) -> Generator[Progress | TrainingEvent, None, Path]:
    """Train, or go on from the folder's checkpoint; returns the file of the decoder.

    Raises:
        BadInput: weights or pictures cannot be used, or the folder is another training's.
        NoSpace: the disk is full; the last checkpoint stays good.
    """
    device = usable_device(task.device)
    encoder, decoder = _encoder(recipe, widths), initial_decoder(recipe, widths)
    pictures = StylePictures.open(task, recipe)
    keep_or_compare(task.folder, pictures.about)
    source = yield from prepared(task.folder / _SOURCE, pictures.add_source)
    target = yield from prepared(task.folder / _TARGET, pictures.add_target)
    batches = (
        _batches(source, 1000 * recipe.seed + _SOURCE_SEED, device),
        _batches(target, 1000 * recipe.seed + _TARGET_SEED, device),
    )
    learner = StyleLearner(encoder.to(device), decoder.to(device), batches, recipe)
    plan = task.plan(recipe, recipe.steps, json.dumps(pictures.about))
    yield from logged(train(learner, plan), task.folder)
    write_bytes(task.decoder_file, half_weights(decoder))
    return task.decoder_file


def initial_decoder(recipe: StyleRecipe, widths: Widths = WIDTHS) -> StyleDecoder:
    """The decoder that the recipe names, or random weights by its seed; raises BadModel."""
    if recipe.decoder:
        return load_decoder(Path(recipe.decoder), widths)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed_of(recipe.seed, _WEIGHTS))
        return StyleDecoder(widths)


def _encoder(recipe: StyleRecipe, widths: Widths) -> StyleEncoder:
    if not recipe.encoder:
        raise BadInput(
            "the recipe names no encoder; get vgg_normalised.pth (docs/style-transfer.md) and add "
            "--set encoder=FILE."
        )
    return load_encoder(Path(recipe.encoder), widths)


def _batches(canvases: CanvasSet, seed: int, device: torch.device) -> BatchSource:
    return BatchSource(canvases, Order(seed, len(canvases)), device)
