import numpy as np
import pytest
import torch
from PIL import Image

from core.training.log.pictured import pictured
from core.training.log.pose_sheet import PoseSheet
from core.training.log.shown_frames import shown_frames
from core.training.loop.checkpoint import load_checkpoint
from core.training.loop.events import Pictured, Saved
from core.training.loop.train import Plan, train
from tests.core.training import toy

RED = np.full((24, 40, 3), (200, 10, 10), np.uint8)


def telling(plan, first=0):
    """Checkpoints as a training would leave them."""
    for step in range(first + 1, plan.steps + 1):
        if step % plan.save_every == 0 or step == plan.steps:
            plan.checkpoint.write_bytes(b"state")
            yield Saved(step, plan.checkpoint)
    return "the result"


def plan_of(folder, steps=22, save_every=4):
    return Plan(folder, steps, save_every, 5, {})


def pictured_steps(plan, every, first=0):
    events = list(pictured(telling(plan, first), plan, every, lambda: RED))
    return [event.step for event in events if isinstance(event, Pictured)]


@pytest.mark.parametrize(
    ("every", "steps"),
    [(None, [0, 4, 8, 12, 16, 20, 22]), (4, [0, 4, 8, 12, 16, 20, 22]), (8, [0, 8, 16, 22]),
     (10, [0, 12, 20, 22]), (1, [0, 4, 8, 12, 16, 20, 22]), (100, [0, 22]), (0, [])],
)  # fmt: skip
def test_pictures_are_drawn_at_the_first_checkpoint_after_every_so_many_steps(
    tmp_path, every, steps
):
    assert pictured_steps(plan_of(tmp_path), every) == steps
    files = sorted(path.name for path in tmp_path.glob("pictures/*"))
    assert files == [f"step-{step:06}.jpg" for step in steps]


def test_a_resumed_training_draws_the_same_steps_and_no_beginning(tmp_path):
    plan = plan_of(tmp_path)
    plan.checkpoint.write_bytes(b"state")
    assert pictured_steps(plan, 10, first=8) == [12, 20, 22]


def test_the_file_is_a_picture_and_follows_its_checkpoint(tmp_path):
    plan = plan_of(tmp_path, steps=4)
    events = list(pictured(telling(plan), plan, None, lambda: RED))
    assert [type(event).__name__ for event in events] == ["Pictured", "Saved", "Pictured"]
    with Image.open(events[-1].path) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (40, 24)
        assert np.asarray(picture.convert("RGB")) == pytest.approx(RED, abs=6)


def test_the_result_passes_through(tmp_path):
    def outer():
        plan = plan_of(tmp_path)
        results.append((yield from pictured(telling(plan), plan, 0, lambda: RED)))

    results = []
    list(outer())
    assert results == ["the result"]


def test_drawing_does_not_change_what_is_learnt(tmp_path):
    def weights(folder, every):
        learner = toy.learner(toy.recipe())
        network = learner._adaptation._teacher
        frames = shown_frames(toy.canvases(3, 9), torch.device("cpu"))
        sheet = PoseSheet(network, frames)
        plan = Plan(folder, 4, 2, 2, {})
        list(pictured(train(learner, plan), plan, every, sheet.draw))
        return load_checkpoint(plan.checkpoint)["learner"]

    drawn, plain = weights(tmp_path / "drawn", None), weights(tmp_path / "plain", 0)
    assert len(list((tmp_path / "drawn" / "pictures").iterdir())) == 3
    for part in ("student", "teacher"):
        for name, value in plain[part].items():
            assert torch.equal(value, drawn[part][name]), name
