"""A short adaptation is timed by its events: one that takes known times tells them."""

from pathlib import Path

import pytest

from core.training.log.pictured import PICTURES_FOLDER
from core.training.loop.checkpoint import CHECKPOINT_FILE
from core.training.loop.events import Pictured, Saved, StepsDone
from core.training.survey import pace
from core.training.survey.pace import Pace, Trial
from tests.core.training import toy
from tests.core.training.survey.seen import drained

START, STEP, SAVE, DRAW = 4.0, 2.0, 8.0, 0.5


class _Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def adapting(hand, task):
    """What a real one tells, with the times and files of this test."""
    assert task.recipe.steps == task.recipe.save_every
    hand.now += START
    for step in range(1, task.recipe.steps + 1):
        hand.now += STEP
        yield StepsDone(step, task.recipe.steps, {}, 0.1, 4)
    hand.now += SAVE
    checkpoint = _written(task.job / CHECKPOINT_FILE, 100)
    yield Saved(task.recipe.steps, checkpoint)
    hand.now += DRAW
    yield Pictured(task.recipe.steps, _written(task.job / PICTURES_FOLDER / "a.jpg", 30))
    _written(task.job / "model" / "weights", 7)


def _written(path: Path, count: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(bytes(count))
    return path


def paced(tmp_path, monkeypatch, **changes) -> Pace:
    hand = _Hand()
    monkeypatch.setattr(pace, "adapt", lambda task: adapting(hand, task))
    trial = Trial(tmp_path / "trial", "base", "cpu", hand)
    trial.folder.mkdir()
    _written(trial.folder / PICTURES_FOLDER / "of a killed one.jpg", 99)
    canvases = toy.unlabelled(toy.canvases(3, seed=1))
    recipe = toy.recipe(**{"held_out": 0.1, **changes})
    found, told = drained(trial.run(recipe, canvases))
    assert told[-1].done == told[-1].total
    assert not trial.folder.exists()
    return found


def test_each_part_is_told_apart(tmp_path, monkeypatch):
    found = paced(tmp_path, monkeypatch)
    assert (found.start, found.step, found.pictured) == (START + STEP, STEP, DRAW)
    assert (found.saved, found.examined) == (0.0, SAVE / 8)  # eight canvases are held out
    assert found.source_canvases == 650 - 80  # those that show what is forgotten
    assert found.canvas_bytes == pytest.approx(320 * 320 * 4 + 16 * 2 * 4, rel=0.01)
    assert found.picture_bytes == 30
    assert found.kept_bytes == 2 * 100 + 2 * 7


@pytest.mark.parametrize("changes", [{"choice": "last"}, {"held_out": 0.0}])
def test_without_a_choice_only_saving_is_left(tmp_path, monkeypatch, changes):
    found = paced(tmp_path, monkeypatch, **changes)
    assert (found.saved, found.examined) == (SAVE, 0.0)


def test_a_recipe_without_the_synthetic_infants_reads_none(tmp_path, monkeypatch):
    weights = {"source": 0, "consistency": 1, "prior": 0, "visibility": 0, "target": 0}
    found = paced(tmp_path, monkeypatch, weights=weights)
    assert (found.source, found.source_canvases) == (0.0, 0)
