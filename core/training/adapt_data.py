"""The pictures of an adaptation: read from where the task says, prepared once in its folder."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from core.errors import BadInput
from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.networks.load import load_segmentation_network
from core.prediction.predictor import build_predictor
from core.progress import Progress
from core.shards.pack import source_pack_folder
from core.training.adapt_recipe import AdaptRecipe
from core.training.batch import BatchSource
from core.training.choice.held_out import PartOrder
from core.training.data.canvas_set import CanvasSet, has_canvases, open_canvases
from core.training.data.canvas_writer import CanvasWriter, writing_canvases
from core.training.data.footage import gather_footage, spread
from core.training.data.hidden_canvases import Cut, add_hidden, cut_found, cut_whole
from core.training.data.kept_infants import teaching
from core.training.data.labelled_canvases import add_labelled
from core.training.data.pictures import PictureSet, open_pictures
from core.training.data.target_footage import Footage
from core.training.data_source import SYNTHETIC, DataSource
from core.training.loop.events import FramesChosen
from core.training.loop.mixed_order import BatchOrder, mixed_or_plain
from core.training.loop.order import Order

_SOURCE_SEED, _TARGET_SEED = 1, 2  # so that both orders differ under one seed

Prepare = Callable[[CanvasWriter], Generator[Progress | FramesChosen]]


@dataclass(frozen=True, eq=False)
class AdaptData:
    """Labelled pictures of the source; of the target recordings and data sets.

    The labels of the target's sets are looked at in mode `oracle` alone: in every other mode
    only their pixels leave this module. The recordings' corrected frames are labels in each.
    """

    sources: Sequence[PictureSet]
    targets: Sequence[PictureSet]
    recordings: Sequence[Footage]
    recipe: AdaptRecipe
    base: str
    device: str

    def add_source(self, writer: CanvasWriter) -> Generator[Progress]:
        """All pictures of all sources."""
        yield from add_labelled(writer, self.sources, self.recipe.framing)

    def add_target(self, writer: CanvasWriter) -> Generator[Progress | FramesChosen]:
        """Frames of the recordings with all corrected ones, and up to as many of each set."""
        if self.recordings:
            predictor = build_predictor(self.base, DEFAULT_SEGMENTATION_MODEL, self.device)
            gathered = yield from gather_footage(
                self.recordings, predictor, self.recipe.frames, self.recipe.framing
            )
            writer.add_set(gathered.canvases)
        sets = [_at_most(pictures, self.recipe.frames) for pictures in self.targets]
        if not sets:
            return
        if self.recipe.mode == "oracle":
            yield from add_labelled(writer, sets, self.recipe.framing)
        else:
            yield from add_hidden(writer, sets, self._cut())

    def _cut(self) -> Cut:
        if self.recipe.framing == "found":
            return cut_found(build_predictor(self.base, DEFAULT_SEGMENTATION_MODEL, self.device))
        if not self.recipe.active_weights.is_active("visibility"):
            return cut_whole()
        folder = ModelLibrary.standard().find(DEFAULT_SEGMENTATION_MODEL)
        return cut_whole(load_segmentation_network(folder, self.device))


def embedded() -> DataSource:
    """The labelled synthetic people that come with the program."""
    return DataSource(SYNTHETIC, source_pack_folder())


def opened(sources: Sequence[DataSource]) -> Generator[Progress, None, list[PictureSet]]:
    """The pictures of several sources to learn from, whose labels are read; raises BadInput."""
    found = []
    for number, source in enumerate(sources):
        yield Progress(number, len(sources), "reading labels")
        found.append(teaching(open_pictures(source)))
    return found


class NamedSet(Protocol):
    """A set of pictures that a command named."""

    @property
    def source(self) -> DataSource:
        """Where it comes from."""
        ...

    @property
    def fingerprint(self) -> str:
        """What changes with it."""
        ...


def named(sets: Sequence[NamedSet]) -> dict[str, str]:
    """Fingerprints by what the command line named, for a job's request."""
    pack = embedded()
    return {
        "embedded" if one.source == pack else one.source.as_given: one.fingerprint for one in sets
    }


def in_order(sets: Sequence[NamedSet]) -> list[str]:
    """What the command line named, where its order matters."""
    return [one.source.as_given for one in sets]


def prepared(folder: Path, prepare: Prepare) -> Generator[Progress | FramesChosen, None, CanvasSet]:
    """Pictures from a job's folder, made and kept there if need be; raises BadInput, NoSpace."""
    if not has_canvases(folder):
        with writing_canvases(folder) as writer:
            yield from prepare(writer)
            if not len(writer):
                raise BadInput(f"{folder}: there is no picture to learn from.")
    return open_canvases(folder)


def source_batches(canvases: CanvasSet, seed: int, device: str) -> BatchSource:
    """Batches of labelled pictures, in the order of a recipe's seed."""
    return _batches(canvases, Order(1000 * seed + _SOURCE_SEED, len(canvases)), device)


def target_batches(
    canvases: CanvasSet,
    kept: NDArray[np.intp],
    seed: int,
    device: str,
    labelled_share: float | None = None,
) -> BatchSource:
    """Batches of the target's canvases of the numbers `kept`, in an order of their own.

    `labelled_share` of each have labels if both kinds are there; None takes all as they come. The
    target's term is a mean over all of a batch, so a labelled picture counts as much in it as a
    picture of the source does in the source's, whatever the share.
    """
    seed = 1000 * seed + _TARGET_SEED
    if labelled_share is None:
        order: BatchOrder = Order(seed, len(kept))
    else:
        order = mixed_or_plain(seed, canvases.is_labelled[kept], labelled_share)
    return _batches(canvases, PartOrder(order, kept), device)


def _batches(canvases: CanvasSet, order: BatchOrder, device: str) -> BatchSource:
    return BatchSource(canvases, order, torch.device(device))


def _at_most(pictures: PictureSet, count: int) -> PictureSet:
    if len(pictures) <= count:
        return pictures
    return pictures.part(spread(len(pictures), count))
