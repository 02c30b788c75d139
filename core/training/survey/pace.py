"""What the parts of an adaptation cost on this machine: a short one is run, and timed."""

import shutil
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from core.progress import Progress
from core.training.adapt_data import embedded, opened
from core.training.adapt_job import (
    MODEL_FOLDER,
    SOURCE_FOLDER,
    TARGET_FOLDER,
    AdaptTask,
    adapt,
)
from core.training.adapt_recipe import AdaptRecipe
from core.training.data.canvas_set import CanvasSet
from core.training.data.canvas_writer import writing_canvases
from core.training.data.labelled_canvases import labelled_canvas
from core.training.log.pictured import PICTURES_FOLDER
from core.training.loop.checkpoint import CHECKPOINT_FILE
from core.training.loop.events import Pictured, Saved, StepsDone

_STEPS: Final = 5  # the first is not timed: it also asks for memory
_HELD_OUT: Final = 8
_TARGET_CANVASES: Final = 4 * _HELD_OUT  # so that the recipe's rule holds out just these
_SOURCE_PICTURES: Final = 16

Clock = Callable[[], float]


@dataclass(frozen=True)
class Pace:
    """Seconds and bytes of one of each on this machine.

    start: what comes before the first step, but for the pictures; source: reading all labelled
    pictures; saved: a checkpoint that nobody examines; examined: saving and examining one, for
    each held-out canvas; canvas_bytes: a prepared picture; kept_bytes: all that lies in the folder
    whatever the recipe's length, the checkpoint twice because a new one is written before the old
    one goes.
    """

    start: float
    source: float
    step: float
    saved: float
    examined: float
    pictured: float
    source_canvases: int
    canvas_bytes: int
    picture_bytes: int
    kept_bytes: int


@dataclass(frozen=True)
class Trial:
    """A short adaptation in a folder of its own, which goes when it is over."""

    folder: Path
    base: str
    device: str
    clock: Clock

    def run(self, recipe: AdaptRecipe, canvases: CanvasSet) -> Generator[Progress, None, Pace]:
        """Adapt for a few steps to canvases of the recordings, as this recipe does.

        Raises:
            BadInput, BadModel: the base or a network of the recipe cannot be used.
            NoSpace: the folder cannot be written.
        """
        shutil.rmtree(self.folder, ignore_errors=True)  # a killed one would be gone on with
        try:
            _repeated(canvases, _TARGET_CANVASES).save(self.folder / TARGET_FOLDER)
            source_count, source = yield from self._prepare_source(recipe)
            times = yield from self._train(recipe)
            return self._pace(recipe, times, source, source_count)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _prepare_source(self, recipe: AdaptRecipe) -> Generator[Progress, None, tuple[int, float]]:
        """Write a few labelled pictures; how many there are, and the seconds that all take."""
        if not recipe.active_weights.is_active("source"):
            return 0, 0.0
        (pictures,) = yield from opened((embedded(),))
        count = min(_SOURCE_PICTURES, len(pictures))
        with writing_canvases(self.folder / SOURCE_FOLDER) as writer:
            begun = self.clock()
            for number in np.linspace(0, len(pictures) - 1, count).astype(int).tolist():
                picture = pictures.readers[number]()
                if (canvas := labelled_canvas(picture, recipe.framing)) is not None:
                    writer.add(canvas, picture.name, picture.group)
            taken = self.clock() - begun
        return len(pictures), taken * len(pictures) / count

    def _train(self, recipe: AdaptRecipe) -> Generator[Progress, None, "_Times"]:
        short: dict[str, object] = {"steps": _STEPS, "log_every": 1, "save_every": _STEPS}
        if _is_examined(recipe):
            short |= {"choose_every": 1, "held_out": _HELD_OUT / _TARGET_CANVASES}
        task = AdaptTask(
            recordings=(),
            job=self.folder,
            recipe=recipe.model_copy(update=short),
            base=self.base,
            device=self.device,
        )
        times = _Times(begun=self.clock())
        with closing(adapt(task)) as work:
            for event in work:
                times.hear(event, self.clock())
                if isinstance(event, StepsDone):
                    yield Progress(event.step, _STEPS, "measuring what a step takes")
        return times

    def _pace(
        self, recipe: AdaptRecipe, times: "_Times", source: float, source_canvases: int
    ) -> Pace:
        is_examined = _is_examined(recipe)
        target = _bytes(self.folder / TARGET_FOLDER)
        pictures = sorted((self.folder / PICTURES_FOLDER).glob("*"))
        best_and_model = 2 * _bytes(self.folder / MODEL_FOLDER)
        return Pace(
            start=times.start,
            source=source,
            step=times.step,
            saved=0.0 if is_examined else times.saving,
            examined=times.saving / _HELD_OUT if is_examined else 0.0,
            pictured=times.picturing,
            source_canvases=source_canvases,
            canvas_bytes=target // _TARGET_CANVASES,
            picture_bytes=_bytes(pictures[-1]) if pictures else 0,
            kept_bytes=2 * _bytes(self.folder / CHECKPOINT_FILE) + best_and_model,
        )


@dataclass
class _Times:
    """When the events of a short adaptation came."""

    begun: float
    start: float = 0.0
    saving: float = 0.0
    picturing: float = 0.0
    _last: float = 0.0
    _steps: tuple[float, ...] = ()

    def hear(self, event: object, now: float) -> None:
        match event:
            case StepsDone():
                self._steps = (*self._steps, now)
            case Saved():
                self.saving = now - self._steps[-1]
                self._last = now
            case Pictured() if self._steps:
                self.picturing = now - self._last
            case _:
                pass
        if len(self._steps) == 1 and not self.start:
            self.start = now - self.begun

    @property
    def step(self) -> float:
        return (self._steps[-1] - self._steps[0]) / (len(self._steps) - 1)


def _repeated(canvases: CanvasSet, count: int) -> CanvasSet:
    """Again and again until there are so many; a step takes as long whatever it shows."""
    chosen = canvases.subset(np.resize(np.arange(len(canvases)), count))
    return replace(chosen, groups=("trial",) * count)  # of one recording a set share is held out


def _is_examined(recipe: AdaptRecipe) -> bool:
    return recipe.choice == "label_free" and recipe.held_out > 0


def _bytes(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())
