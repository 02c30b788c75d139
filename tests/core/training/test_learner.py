import numpy as np
import torch

from tests.core.training import toy


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
