"""Leave pictures of what a network finds while it learns."""

from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from core.atomic_file import write_bytes
from core.training.loop.events import Pictured, Saved, TrainingEvent
from core.training.loop.train import Plan

PICTURES_FOLDER = "pictures"
_QUALITY = 90  # of a JPEG

Result = TypeVar("Result")


def pictured(
    events: Generator[TrainingEvent, None, Result],
    plan: Plan,
    every: int | None,
    draw: Callable[[], NDArray[np.uint8]],
) -> Generator[TrainingEvent, None, Result]:
    """Pass a training's events on, and its result; draw before it, and at its checkpoints.

    At the first checkpoint after each `every` steps, and at the last, `draw` gives an RGB picture
    (H, W, 3) that goes to `pictures/step-000100.jpg`; None is every checkpoint, 0 none at all.
    Raises NoSpace.
    """
    with closing(events):
        # Nothing has been restored before the first event, so this shows what training starts from.
        if every != 0 and not plan.checkpoint.exists():
            yield _kept(plan.folder, 0, draw())
        while True:
            try:
                event = next(events)
            except StopIteration as finished:
                return finished.value
            yield event
            if isinstance(event, Saved) and _is_due(event, plan, every):
                yield _kept(plan.folder, event.step, draw())


def _is_due(saved: Saved, plan: Plan, every: int | None) -> bool:
    step = saved.step
    if not every or saved.why != "planned":
        return every is None and saved.why != "paused"
    before = (step - 1) // plan.save_every * plan.save_every  # the checkpoint before this one
    return step // every > before // every or step == plan.steps


def _kept(folder: Path, step: int, picture: NDArray[np.uint8]) -> Pictured:
    path = folder / PICTURES_FOLDER / f"step-{step:06}.jpg"
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    encoded = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
    write_bytes(path, encoded.tobytes())
    return Pictured(step, path)
