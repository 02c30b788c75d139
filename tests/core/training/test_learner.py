import numpy as np
import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from core.training.adaptation import Judges
from core.training.scale_out.engine import Engine
from tests.core.training import toy

DTYPES = [None, torch.bfloat16, torch.float16]
ALL_TERMS = toy.recipe(
    weights={"source": 1, "consistency": 1, "prior": 0.1, "visibility": 0.1, "target": 1},
    occlusion={"probability": 0.5, "threshold": 0.0},
)


WAITS = ("_local_scalar_dense", "item", "equal", "nonzero", "masked_select", "_unique2")


class Waiting(TorchDispatchMode):
    """Fails where the host reads a number, or a shape that depends on numbers."""

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        name = func.overloadpacket.__name__
        assert name not in WAITS, name
        if name.startswith("index") and any(is_mask(one) for one in args[1:]):
            raise AssertionError("a mask as index")
        return func(*args, **(kwargs or {}))


def is_mask(argument):
    parts = argument if isinstance(argument, list | tuple) else [argument]
    return any(isinstance(one, torch.Tensor) and one.dtype == torch.bool for one in parts)


def judges():
    def area(points):
        return points.sum(dim=(1, 2)).view(-1, 1, 1, 1).expand(-1, 1, 32, 32)

    return Judges(lambda bones: bones[..., 0].mean(dim=1), area)


@pytest.mark.parametrize("dtype", DTYPES)
def test_nobody_waits_for_a_number_within_a_step(dtype):
    student = toy.learner(ALL_TERMS, judges(), Engine(dtype=dtype))
    with Waiting():
        losses = student.step(0)
        student.step(1)
        with pytest.raises(AssertionError, match="_local_scalar_dense"):
            losses["total"].item()


@pytest.mark.gpu
@pytest.mark.parametrize("dtype", DTYPES)
def test_nobody_waits_for_a_graphics_card_within_a_step(dtype):
    student = toy.learner(ALL_TERMS, judges(), Engine(dtype=dtype), "cuda")
    student.step(0)  # sets libraries up, which may wait
    torch.cuda.set_sync_debug_mode("error")
    try:
        student.step(1)
    finally:
        torch.cuda.set_sync_debug_mode("default")


@pytest.mark.parametrize("dtype", DTYPES[1:])
def test_half_as_wide_products_learn_much_the_same(dtype):
    exact, rounded = toy.learner(toy.recipe()), toy.learner(toy.recipe(), None, Engine(dtype=dtype))
    for number in range(4):
        expected, found = exact.step(number), rounded.step(number)
        for name, value in found.items():
            assert value.dtype == torch.float32
            assert float(value) == pytest.approx(float(expected[name]), rel=0.05)
            assert float(value) != float(expected[name]) or not value


def overflowing():
    """A learner at fp16 whose scale is so large that its gradients are infinite."""
    student = toy.learner(toy.recipe(), None, Engine(dtype=torch.float16))
    student.step(0)
    state = student.state()
    state["scaler"]["scale"] = 2.0**40
    student.restore(state)
    return student


def weights(student):
    return {
        (part, name): value.clone()
        for part in ("student", "teacher")
        for name, value in student.state()[part].items()
    }


def test_the_teacher_stays_where_the_student_skipped_a_step():
    student = overflowing()
    before = weights(student)
    student.step(1)
    assert student.state()["scaler"]["scale"] == 2.0**39
    for place, value in weights(student).items():
        assert torch.equal(value, before[place]), place


def test_the_scale_finds_its_way_and_is_kept():
    student = overflowing()
    before = weights(student)
    for number in range(1, 30):
        student.step(number)
    scale = student.state()["scaler"]["scale"]
    assert scale < 2.0**36
    after = weights(student)
    assert all(torch.isfinite(value).all() for value in after.values())
    assert all(not torch.equal(after[place], value) for place, value in before.items())
    fresh = toy.learner(toy.recipe(), None, Engine(dtype=torch.float16))
    fresh.restore(student.state())
    assert fresh.state()["scaler"]["scale"] == scale


def test_steps_lower_the_loss():
    student = toy.learner(toy.recipe(steps=60, batch=6))
    losses = [float(student.step(number)["source"]) for number in range(60)]
    assert np.mean(losses[-10:]) < 0.9 * np.mean(losses[:10])


def test_the_teacher_follows_the_student_slowly():
    student = toy.learner(toy.recipe(decay=0.9))
    before = {k: v.clone() for k, v in student.state()["teacher"].items()}
    for number in range(3):
        student.step(number)
    state = student.state()
    for name, start in before.items():
        own, taught = state["student"][name] - start, state["teacher"][name] - start
        assert taught.norm() < 0.5 * own.norm()
        assert taught.norm() > 0


def test_a_restored_state_goes_on_to_the_bit():
    whole, begun = toy.learner(toy.recipe()), toy.learner(toy.recipe())
    for number in range(4):
        whole.step(number)
        begun.step(number)
    fresh = toy.learner(toy.recipe())
    fresh.restore(begun.state())
    for number in range(4, 8):
        whole.step(number)
        fresh.step(number)
    for part in ("student", "teacher"):
        for name, value in whole.state()[part].items():
            assert torch.equal(value, fresh.state()[part][name])


def test_the_rate_warms_up_and_falls():
    recipe = toy.recipe(steps=100, warm_up=0.1, learning_rate=1.0)
    rates = [recipe.rate(step) for step in range(100)]
    assert rates[0] < 0.2
    assert max(rates) == rates[10]
    assert rates[-1] < 0.05
    stepwise = toy.recipe(
        steps=100, schedule="steps", drops=(0.5, 0.75), warm_up=0.0, learning_rate=1.0
    )
    assert [round(stepwise.rate(s), 6) for s in (0, 49, 50, 75)] == [1.0, 1.0, 0.1, 0.01]
