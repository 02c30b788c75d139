"""The teacher averages weights, and treats batch-norm statistics as it was told."""

import copy

import pytest
import torch
from torch import nn

from core.training.objectives.mean_teacher import BatchNormRule, MeanTeacher

STATISTICS = ("1.running_mean", "1.running_var")


def pair() -> tuple[nn.Sequential, nn.Sequential]:
    torch.manual_seed(0)
    networks = [nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)) for _ in range(2)]
    for network in networks:
        network(torch.randn(8, 3, 6, 6))
    return networks[0], networks[1]


def test_weights_are_the_authors_average_over_many_steps():
    teacher, student = pair()
    expected = copy.deepcopy(teacher)
    average = MeanTeacher(teacher, student, "own")
    for step in range(5):
        with torch.no_grad():
            for parameter in student.parameters():
                parameter.add_(0.1 * step)
            for ours, theirs in zip(expected.parameters(), student.parameters(), strict=True):
                ours.copy_(0.9 * ours + 0.1 * theirs)
        average.follow(0.9)
    for ours, theirs in zip(teacher.parameters(), expected.parameters(), strict=True):
        assert torch.allclose(ours, theirs, atol=1e-6)


@pytest.mark.parametrize(("rule", "share"), [("own", 1.0), ("ema", 0.9), ("copy", 0.0)])
def test_batch_norm_follows_its_rule(rule: BatchNormRule, share: float):
    teacher, student = pair()
    before, theirs = copy.deepcopy(teacher.state_dict()), student.state_dict()
    MeanTeacher(teacher, student, rule).follow(0.9)
    for name in STATISTICS:
        expected = share * before[name] + (1 - share) * theirs[name]
        assert torch.allclose(teacher.state_dict()[name], expected, atol=1e-6)


def test_the_student_is_left_alone_and_the_teacher_asks_for_no_gradients():
    teacher, student = pair()
    before = copy.deepcopy(student.state_dict())
    MeanTeacher(teacher, student, "copy").follow(0.5)
    assert all(torch.equal(before[name], one) for name, one in student.state_dict().items())
    assert not any(parameter.requires_grad for parameter in teacher.parameters())
    assert all(parameter.requires_grad for parameter in student.parameters())


def test_networks_without_batch_norm_have_nothing_to_copy():
    teacher, student = nn.Linear(2, 2), nn.Linear(2, 2)
    MeanTeacher(teacher, student, "copy").follow(0.0)
    assert torch.equal(teacher.weight, student.weight)


def test_other_layouts_are_refused():
    with pytest.raises(AttributeError):
        MeanTeacher(nn.Linear(2, 2), nn.Linear(2, 2, bias=False), "own")
