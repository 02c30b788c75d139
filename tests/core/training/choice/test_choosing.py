"""Choosing among the checkpoints of short trainings of the seeing network."""

import json

import pytest
import torch

from core import atomic_file
from core.models.model_folder import open_model, write_model_folder
from core.networks.load import PoseNetwork
from core.training.adaptation import Adaptation, Judges
from core.training.batch import BatchSource
from core.training.choice.choosing import ChoiceRule, Chooser, choosing
from core.training.choice.examination import Examination
from core.training.choice.job_choice import begin_choice, told_choice, write_chosen_model
from core.training.choice.records import (
    load_weights,
    read_table,
    step_of_weights,
    write_table,
)
from core.training.learner import AdaptationLearner
from core.training.loop.events import Chosen, Saved
from core.training.loop.order import Order
from core.training.loop.train import Plan, train
from core.training.scale_out.engine import Engine
from core.training.written_weights import half_weights
from tests.core.training import toy
from tests.core.training.choice import painted

STEPS, SAVE_EVERY = 6, 2
HELD_OUT = 4
GOOD, POOR = 0.0, 0.8  # errors of the network's colours
FILES = ("choice.csv", "best.json", "best.safetensors")


class Wandering:
    """A learner whose network gets better, best after step 4, and then worse."""

    batch = 1

    def __init__(self, network: PoseNetwork) -> None:
        self._module = network.module
        self._good = painted.Seer(GOOD).colours.detach()
        self._away = painted.Seer(POOR).colours.detach() - self._good

    def step(self, number):
        share = abs(number + 1 - 4) / 4
        self._module.colours.data.copy_(self._good + share * self._away)
        return {"total": torch.tensor(1.0)}

    def rate(self, number):
        return 0.1

    def state(self):
        return {"teacher": self._module.state_dict()}

    def restore(self, state):
        self._module.load_state_dict(state["teacher"])


@pytest.fixture(scope="module")
def held_out():
    return painted.canvases(HELD_OUT, seed=6)


def run(folder, held_out, every=1):
    network = painted.network(POOR)
    examination = Examination(network, held_out, Judges())
    chooser = Chooser(examination, network, ChoiceRule("teacher", every, STEPS), folder)
    events = train(Wandering(network), Plan(folder, STEPS, SAVE_EVERY, 5, {"a": 1}))
    return list(choosing(events, chooser)), chooser


def contents(folder):
    return {name: (folder / name).read_bytes() for name in FILES}


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory, held_out):
    folder = tmp_path_factory.mktemp("whole")
    run(folder, held_out)
    return contents(folder)


def test_it_keeps_the_best_step_and_says_so(tmp_path, held_out):
    events, chooser = run(tmp_path, held_out)
    assert [row.step for row in read_table(tmp_path)] == [0, 2, 4, 6]
    assert chooser.best.step == step_of_weights(tmp_path) == 4
    assert json.loads((tmp_path / "best.json").read_text())["step"] == 4
    assert events[-1] == Chosen(
        4, chooser.best.score, chooser.best.evidence.named(), chooser.base.score
    )
    seer = painted.Seer()
    load_weights(tmp_path, seer)
    assert torch.allclose(seer.colours, painted.Seer(GOOD).colours, atol=1e-3)


def test_it_examines_as_often_as_the_rule_says(tmp_path, held_out):
    run(tmp_path, held_out, every=4)
    assert [row.step for row in read_table(tmp_path)] == [0, 4, 6]


def test_a_step_that_is_examined_twice_is_one_row(tmp_path, held_out):
    """As where a training is ended early at a checkpoint."""
    _, chooser = run(tmp_path, held_out)
    chooser.examine(STEPS, is_last=True)
    assert [row.step for row in read_table(tmp_path)] == [0, 2, 4, 6]
    assert chooser.count == 4


def test_a_table_comes_back_as_it_was(tmp_path, held_out):
    _, chooser = run(tmp_path, held_out)
    rows = read_table(tmp_path)
    write_table(tmp_path, rows)
    assert read_table(tmp_path) == rows
    assert chooser.best in rows


class Killed(BaseException):
    """No handler of the program takes it."""


@pytest.mark.parametrize("number", range(13))  # of the file that is written next
def test_killed_at_any_write_it_ends_with_the_choice_of_an_unbroken_run(
    tmp_path, held_out, unbroken, monkeypatch, number
):
    write_bytes, left = atomic_file.write_bytes, [number]

    def killing(target, content):
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        write_bytes(target, content)

    with monkeypatch.context() as patch:
        for module in ("core.atomic_file", "core.training.choice.records",
                       "core.training.loop.checkpoint"):  # fmt: skip
            patch.setattr(f"{module}.write_bytes", killing)
        with pytest.raises(Killed):
            run(tmp_path, held_out)
    run(tmp_path, held_out)
    assert contents(tmp_path) == unbroken


@pytest.mark.parametrize("name", FILES[:2])
def test_small_files_that_are_missing_are_made_again(tmp_path, held_out, unbroken, name):
    run(tmp_path, held_out)
    (tmp_path / name).unlink()
    run(tmp_path, held_out)
    if name == "best.json":
        assert contents(tmp_path) == unbroken
    else:  # what the table knew of steps behind the checkpoint cannot be had again
        assert [row.step for row in read_table(tmp_path)] == [0, 6]


@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_without_the_best_weights_it_chooses_from_what_there_is(tmp_path, held_out, damage):
    run(tmp_path, held_out)
    path = tmp_path / "best.safetensors"
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-8])
    network = painted.network(POOR)
    chooser = Chooser(
        Examination(network, held_out, Judges()), network, ChoiceRule("teacher", 1, STEPS), tmp_path
    )
    chooser.resume()
    assert [row.step for row in read_table(tmp_path)] == [0, 6]
    assert chooser.best.step == step_of_weights(tmp_path) == 6


def adaptation(tmp_path, held_out, **changes):
    """A true adaptation of the seeing network, with its chooser."""
    recipe = toy.recipe(**{"steps": 6, "save_every": 2} | changes)
    student, teacher = painted.network(), painted.network()
    chooser = begin_choice(teacher, held_out, recipe, tmp_path)
    shown = painted.canvases(6, seed=7)
    cpu = torch.device("cpu")
    batches = (
        BatchSource(shown, Order(1, len(shown)), cpu),
        BatchSource(toy.unlabelled(shown), Order(2, len(shown)), cpu),
    )
    learner = AdaptationLearner(
        Adaptation(student, teacher, recipe, Judges()),
        (student, teacher),
        recipe,
        batches,
        Engine(),
    )
    plan = Plan(tmp_path, recipe.steps, recipe.save_every, recipe.log_every, {"a": 1})
    return train(learner, plan), chooser, teacher, recipe


def base_folder(tmp_path):
    return write_model_folder(tmp_path / "base", toy.CARD, half_weights(painted.network().module))


def test_where_training_spoils_the_network_the_base_is_written(tmp_path, held_out):
    events, chooser, teacher, recipe = adaptation(
        tmp_path / "ward", held_out, learning_rate=5.0, decay=0.1
    )
    assert chooser is not None
    *_, last = choosing(events, chooser)
    assert isinstance(last, Chosen)
    assert last.step == 0
    assert min(row.score for row in read_table(tmp_path / "ward")) < chooser.best.score - 0.2
    base = base_folder(tmp_path)
    model = write_chosen_model(
        tmp_path / "ward" / "model", teacher, base, "2026-01-01", chooser.best
    )
    assert model.read_weights() == base.read_weights()
    assert (model.card.name, model.card.parent) == ("ward", "toy")
    assert open_model(model.path).card.title == toy.CARD.title
    told = told_choice(chooser, recipe, recipe.steps)
    assert told["step"] == 0
    assert told["held_out"] == HELD_OUT
    assert "kept as it is" in told["why"]


def test_the_best_steps_weights_are_written(tmp_path, held_out):
    _, chooser = run(tmp_path / "ward", held_out)
    network = painted.network(POOR)
    model = write_chosen_model(
        tmp_path / "ward" / "model", network, base_folder(tmp_path), "2026-01-01", chooser.best
    )
    assert model.card.title == "toy, adapted"
    assert model.read_weights() == half_weights(network.module)
    assert torch.allclose(network.module.colours, painted.Seer(GOOD).colours, atol=1e-3)


def test_a_watched_training_ends_with_the_weights_of_an_unwatched_one(tmp_path, held_out):
    events, chooser, watched, _ = adaptation(tmp_path / "watched", held_out)
    assert chooser is not None
    list(choosing(events, chooser))
    events, _, unwatched, _ = adaptation(tmp_path / "unwatched", held_out)
    assert sum(isinstance(event, Saved) for event in events) == 3
    for one, other in zip(watched.module.parameters(), unwatched.module.parameters(), strict=True):
        assert torch.equal(one, other)


@pytest.mark.parametrize(
    ("count", "choice", "why"), [(8, "last", "takes the last"), (0, "label_free", "too few")]
)
def test_the_last_step_without_a_wish_or_pictures_to_choose_by(tmp_path, count, choice, why):
    recipe = toy.recipe(choice=choice)
    canvases = painted.canvases(8, seed=1).subset(range(count))
    assert begin_choice(painted.network(), canvases, recipe, tmp_path) is None
    told = told_choice(None, recipe, recipe.steps)
    assert (told["rule"], told["step"]) == ("last", 12)
    assert why in told["why"]
