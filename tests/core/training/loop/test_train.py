import errno
import os

import pytest
import torch

from core.errors import BadInput, NoSpace, Stopped
from core.training.loop.checkpoint import load_checkpoint
from core.training.loop.events import BatchHalved, Saved, StepsDone
from core.training.loop.train import Plan, train
from core.training.loop.wish import Wish
from tests.core.training import toy


class Counting:
    """A learner that adds its step numbers, and fails as told."""

    def __init__(self, *, memory: int = 99, nan_from: int = 10**9) -> None:
        self.batch = 8
        self.total = torch.zeros(())
        self._memory, self._nan_from = memory, nan_from

    def step(self, number):
        if self.batch > self._memory:
            raise RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate")
        self.total = self.total + number
        loss = float("nan") if number >= self._nan_from else 1.0
        return {"total": torch.tensor(loss)}

    def rate(self, number):
        return 0.1

    def state(self):
        return {"total": self.total}

    def restore(self, state):
        self.total = state["total"]


def plan(folder, **changes):
    return Plan(
        **{"folder": folder, "steps": 10, "save_every": 4, "log_every": 5, "about": {"a": 1}}
        | changes
    )


def test_it_tells_of_steps_and_checkpoints(tmp_path):
    events = list(train(Counting(), plan(tmp_path)))
    assert [e.step for e in events if isinstance(e, Saved)] == [4, 8, 10]
    assert [e.step for e in events if isinstance(e, StepsDone)] == [5, 10]
    assert load_checkpoint(tmp_path / "checkpoint.pt")["step"] == 10


def test_a_stopped_training_goes_on_behind_its_last_checkpoint(tmp_path):
    work = train(Counting(), plan(tmp_path))
    assert next(work).step == 4
    work.close()
    resumed = Counting()
    list(train(resumed, plan(tmp_path)))
    assert resumed.total == sum(range(10))


def wished(learner, step, wish):
    """What is wanted once so many steps are done."""
    done = learner.total
    return lambda: wish if learner.total - done >= sum(range(step)) else Wish.GO_ON


def test_a_pause_saves_the_step_at_hand_and_goes_on_there(tmp_path):
    learner = Counting()
    work = train(learner, plan(tmp_path, wish=wished(learner, 6, Wish.PAUSE)))
    saved = []
    with pytest.raises(Stopped, match="paused after 6 of 10"):
        saved.extend(work)
    resumed = Counting()
    events = list(train(resumed, plan(tmp_path)))
    assert [e.step for e in events if isinstance(e, Saved)] == [8, 10]
    assert resumed.total == sum(range(10))


@pytest.mark.parametrize("step", [0, 6])
def test_one_that_is_to_finish_takes_the_step_at_hand_for_the_last(tmp_path, step):
    learner = Counting()
    *_, last = train(learner, plan(tmp_path, wish=wished(learner, step, Wish.FINISH)))
    assert last == Saved(step, tmp_path / "checkpoint.pt", "finished")
    assert learner.total == sum(range(step))
    (again,) = train(Counting(), plan(tmp_path, wish=lambda: Wish.FINISH))
    assert again == last


def test_a_finished_training_is_not_done_again(tmp_path):
    list(train(Counting(), plan(tmp_path)))
    assert list(train(Counting(), plan(tmp_path))) == []


def test_another_training_is_refused(tmp_path):
    list(train(Counting(), plan(tmp_path)))
    with pytest.raises(BadInput, match="other settings"):
        list(train(Counting(), plan(tmp_path, about={"a": 2})))


def test_short_memory_halves_the_batch_and_says_so(tmp_path):
    learner = Counting(memory=2)
    events = list(train(learner, plan(tmp_path)))
    assert [e.batch for e in events if isinstance(e, BatchHalved)] == [4, 2]
    assert learner.total == sum(range(10))
    assert load_checkpoint(tmp_path / "checkpoint.pt")["batch"] == 2


def test_no_memory_at_all_ends_it(tmp_path):
    with pytest.raises(MemoryError):
        list(train(Counting(memory=0), plan(tmp_path)))


def test_other_faults_are_not_taken_for_short_memory(tmp_path):
    class Broken(Counting):
        def step(self, number):
            raise RuntimeError("shapes do not fit")

    with pytest.raises(RuntimeError, match="shapes"):
        list(train(Broken(), plan(tmp_path)))


def test_a_loss_that_is_no_number_stops_it_and_the_last_good_state_stays(tmp_path):
    with pytest.raises(BadInput, match="astray"):
        list(train(Counting(nan_from=6), plan(tmp_path)))
    assert load_checkpoint(tmp_path / "checkpoint.pt")["step"] == 4


def test_weights_that_are_no_numbers_are_not_saved_over_good_ones(tmp_path):
    class Exploding(Counting):
        def step(self, number):
            losses = super().step(number)
            if number >= 6:
                self.total = self.total * float("inf")
            return losses

    with pytest.raises(BadInput, match="astray"):
        list(train(Exploding(), plan(tmp_path)))
    assert load_checkpoint(tmp_path / "checkpoint.pt")["step"] == 4


def test_losses_are_means_since_they_were_last_told(tmp_path):
    class Climbing(Counting):
        def step(self, number):
            super().step(number)
            return {"total": torch.tensor(float(number))}

    events = list(train(Climbing(), plan(tmp_path)))
    told = [event.losses["total"] for event in events if isinstance(event, StepsDone)]
    assert told == [2.0, 7.0]


def test_a_full_disk_stops_it_and_it_goes_on_later(tmp_path, monkeypatch):
    class FullFromStep6(Counting):
        def step(self, number):
            if number == 6:
                monkeypatch.setattr("pathlib.Path.write_bytes", full)
            return super().step(number)

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(NoSpace, match="No space left"):
        list(train(FullFromStep6(), plan(tmp_path)))
    monkeypatch.undo()
    assert load_checkpoint(tmp_path / "checkpoint.pt")["step"] == 4
    resumed = Counting()
    list(train(resumed, plan(tmp_path)))
    assert resumed.total == sum(range(10))


def test_the_state_of_another_network_is_refused_in_a_sentence(tmp_path):
    about = {"recipe": "toy"}
    learner = toy.learner(toy.recipe())
    list(train(learner, plan(tmp_path, steps=1, about=about)))
    other = toy.learner(toy.recipe())
    other._student.layers[0] = torch.nn.Conv2d(3, 7, 5)
    with pytest.raises(BadInput, match=r"checkpoint\.pt: holds the state of another network"):
        list(train(other, plan(tmp_path, steps=2, about=about)))
    with pytest.raises(BadInput, match="another network"):
        list(train(Counting(), plan(tmp_path, steps=2, about=about)))


def test_what_a_killed_training_left_half_written_is_swept_away(tmp_path):
    left = [tmp_path / ".0123456789ab.part.pt", tmp_path / "target" / ".0123456789ab.part.npy"]
    left[1].parent.mkdir()
    for file in left:
        file.write_bytes(b"half")
    list(train(Counting(), plan(tmp_path)))
    assert not any(file.exists() for file in left)


def test_the_toy_itself_learns(tmp_path):
    learner = toy.learner(toy.recipe())
    events = [e for e in train(learner, plan(tmp_path, steps=12)) if isinstance(e, StepsDone)]
    assert set(events[0].losses) == {"source", "consistency", "target", "total"}
