from collections.abc import Generator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from core.errors import BadInput
from core.training.log.logged import Clocks, logged
from core.training.loop.events import BatchHalved, Pictured, Saved, StepsDone, TrainingEvent
from core.training.loop.train import Plan, train
from tests.core.training import toy
from tests.core.training.log.curves import curve, read


class Time:
    def __init__(self) -> None:
        self.now = 50.0

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: self.now, lambda: 1e9 + self.now)


def steps_done(step: int, loss: float = 1.0) -> StepsDone:
    return StepsDone(step, 100, {"source": loss / 2, "total": loss}, 1e-4, 80)


def telling(events: list[TrainingEvent], time: Time) -> Generator[TrainingEvent, None, str]:
    for event in events:
        time.now += 4.0
        yield event
    return "the result"


def passed_on(events: list[TrainingEvent], folder: Path) -> tuple[list[TrainingEvent], str]:
    seen, time = [], Time()
    work = logged(telling(events, time), folder, time.clocks)
    while True:
        try:
            seen.append(next(work))
        except StopIteration as finished:
            return seen, finished.value


def test_events_and_the_result_pass_through(tmp_path):
    events = [steps_done(10), BatchHalved(4), Saved(10, tmp_path / "c.pt"), steps_done(20)]
    assert passed_on(events, tmp_path) == (events, "the result")


def test_table_and_curves_hold_the_numbers(tmp_path):
    passed_on([steps_done(10, 0.5), steps_done(20, 0.25)], tmp_path)
    table = pd.read_csv(tmp_path / "log.csv")
    assert table.to_dict("list") == {
        "step": [10, 20], "rate": [1e-4] * 2, "loss_source": [0.25, 0.125],
        "loss_total": [0.5, 0.25], "seconds": [4.0, 8.0], "pictures_per_second": [20.0] * 2,
    }  # fmt: skip
    assert curve(tmp_path / "tensorboard", "loss/total") == [(10, 0.5), (20, 0.25)]
    assert curve(tmp_path / "tensorboard", "pictures_per_second") == [(10, 20.0), (20, 20.0)]


def test_a_resumed_run_has_no_step_twice_and_its_time_goes_on(tmp_path):
    passed_on([steps_done(step, 1.0) for step in (10, 20, 30, 40)], tmp_path)
    passed_on([steps_done(step, 2.0) for step in (30, 40, 50)], tmp_path)
    table = pd.read_csv(tmp_path / "log.csv")
    assert table["step"].tolist() == [10, 20, 30, 40, 50]
    assert table["loss_total"].tolist() == [1.0, 1.0, 2.0, 2.0, 2.0]
    assert table["seconds"].tolist() == [4.0, 8.0, 12.0, 16.0, 20.0]
    points = curve(tmp_path / "tensorboard", "loss/total")
    assert points == [(10, 1.0), (20, 1.0), (30, 2.0), (40, 2.0), (50, 2.0)]


def test_pictures_go_to_tensorboard(tmp_path):
    path = tmp_path / "sheet.jpg"
    Image.fromarray(np.zeros((20, 50, 3), np.uint8)).save(path)
    passed_on([Pictured(0, path), steps_done(10), Pictured(10, path)], tmp_path)
    shown = read(tmp_path / "tensorboard").Images("found")
    assert [(one.step, one.width, one.height) for one in shown] == [(0, 50, 20), (10, 50, 20)]
    assert curve(tmp_path / "tensorboard", "rate") == [(10, pytest.approx(1e-4))]


def test_a_training_that_has_nothing_to_tell_leaves_the_files_as_they_are(tmp_path):
    passed_on([steps_done(10)], tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    passed_on([], tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_stopping_or_failing_ends_the_training_below(tmp_path):
    ended = []

    def work():
        try:
            yield steps_done(10)
            raise BadInput("went astray")
        finally:
            ended.append(True)

    stopped = logged(work(), tmp_path / "a")
    next(stopped)
    stopped.close()
    with pytest.raises(BadInput, match="astray"):
        list(logged(work(), tmp_path / "b"))
    assert ended == [True, True]
    assert pd.read_csv(tmp_path / "b" / "log.csv")["step"].tolist() == [10]


def test_a_toy_training_tells_every_term_and_counts_its_pictures(tmp_path):
    def run():
        plan = Plan(tmp_path, 12, 5, 4, {})
        return logged(train(toy.learner(toy.recipe()), plan), tmp_path)

    work = run()
    while not isinstance(next(work), Saved):
        pass
    work.close()
    told = [event for event in run() if isinstance(event, StepsDone)]
    assert [(event.step, event.pictures) for event in told] == [(8, 3 * 4), (12, 4 * 4)]
    table = pd.read_csv(tmp_path / "log.csv")
    assert table["step"].tolist() == [4, 8, 12]
    losses = {name for name in table if str(name).startswith("loss_")}
    assert losses == {"loss_source", "loss_consistency", "loss_target", "loss_total"}
    assert (table["pictures_per_second"] > 0).all()
    assert table["seconds"].is_monotonic_increasing
