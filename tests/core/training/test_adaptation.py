import pytest
import torch

from core.training.adaptation import Adaptation, Judges
from core.training.batch import BatchSource
from core.training.loop.order import Order
from tests.core.training import toy

WEIGHTED = {"source": 1, "consistency": 1, "prior": 0.1, "visibility": 0.1, "target": 1}


def length_of_bones(bones: torch.Tensor) -> torch.Tensor:
    """A prior that wants all bones to point right."""
    return ((1 - bones[..., 0]) ** 2).mean(dim=1)


def area_around(points: torch.Tensor) -> torch.Tensor:
    """A silhouette that is a soft disc about each keypoint."""
    steps = torch.linspace(-1, 1, 32)
    x = (steps - points[..., :1]) ** 2
    y = (steps - points[..., 1:]) ** 2
    near = torch.exp(-(y.unsqueeze(-1) + x.unsqueeze(-2)) / 0.02)
    return (8 * near.amax(dim=1, keepdim=True) - 4).clamp(-6, 6)


JUDGES = Judges(length_of_bones, area_around)


def batches():
    cpu = torch.device("cpu")
    source, target = toy.canvases(8, seed=3), toy.unlabelled(toy.canvases(6, seed=4))
    return (
        BatchSource(source, Order(1, 8), cpu).batch(0, 4),
        BatchSource(target, Order(2, 6), cpu).batch(0, 4),
    )


def adaptation(**changes):
    student, teacher = toy.network(1), toy.network(2)
    teacher.module.requires_grad_(False)
    settings = toy.recipe(weights=WEIGHTED, **changes)
    return Adaptation(student, teacher, settings, JUDGES), student


@pytest.mark.parametrize(
    ("mode", "terms"),
    [
        ("all", {"source", "consistency", "prior", "visibility", "target"}),
        ("visibility", {"source", "consistency", "visibility", "target"}),
        ("prior", {"source", "consistency", "prior", "target"}),
        ("baseline", {"source", "consistency", "target"}),
        ("source", {"source"}),
        ("oracle", {"target"}),
    ],
)
def test_a_mode_computes_its_terms_and_no_others(mode, terms):
    step, _ = adaptation(mode=mode)
    assert set(step.losses(*batches()).named()) == terms


@pytest.mark.parametrize("term", ["source", "consistency", "prior", "visibility"])
def test_every_term_moves_the_student(term):
    weights = dict.fromkeys(WEIGHTED, 0) | {term: 1}
    student, teacher = toy.network(1), toy.network(2)
    rule = {"rejected": 0.0}
    step = Adaptation(student, teacher, toy.recipe(weights=weights, pseudo_labels=rule), JUDGES)
    step.total(step.losses(*batches())).backward()
    gradients = [p.grad for p in student.module.parameters()]
    assert all(g is not None and torch.isfinite(g).all() for g in gradients)
    assert any(g.abs().max() > 0 for g in gradients)
    assert all(p.grad is None for p in teacher.module.parameters())


def test_a_step_does_not_depend_on_what_was_drawn_before():
    first, second = adaptation()[0], adaptation()[0]
    torch.manual_seed(99)
    torch.rand(5)
    one, other = first.losses(*batches()).named(), second.losses(*batches()).named()
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_corrected_frames_are_supervised_and_others_are_not():
    step, _ = adaptation(mode="oracle")
    source, target = batches()
    assert step.losses(None, target).named()["target"] == 0
    assert step.losses(None, source).named()["target"] > 0
