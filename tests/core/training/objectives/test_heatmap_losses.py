"""The two heat-map losses are the authors' to rounding, and free where they must be."""

import numpy as np
import pytest
import torch
from torch import Tensor

from core.errors import BadInput
from core.training.objectives.gaussian_targets import Targets
from core.training.objectives.heatmap_losses import (
    consistency_loss,
    entropy_loss,
    label_loss,
    require_fitting_loss,
    supervision_loss,
)
from tests.core.training.objectives import authors_formulas

CHANCE = torch.Generator().manual_seed(2)


def maps() -> Tensor:
    return torch.rand(2, 5, 12, 12, generator=CHANCE)


def exact(tensor: Tensor) -> np.ndarray:
    return tensor.double().numpy()


def test_supervision_is_the_authors():
    predicted, wanted = maps(), maps()
    weights = torch.tensor([[1.0, 0, 1, 1, 0], [0, 1, 1, 0, 1]])
    expected = authors_formulas.supervision(exact(predicted), exact(wanted), exact(weights))
    found = float(supervision_loss(predicted, Targets(wanted, weights)))
    assert found == pytest.approx(expected, rel=1e-5)


def test_consistency_is_the_authors_where_everything_is_valid():
    student, pseudo = maps(), maps()
    mask = torch.tensor([[1.0, 0, 1, 1, 0], [0, 1, 1, 0, 1]])
    expected = authors_formulas.consistency(exact(student), exact(pseudo), exact(mask))
    assert float(consistency_loss(student, pseudo, mask)) == pytest.approx(expected, rel=1e-5)
    everywhere = torch.ones(2, 1, 12, 12)
    assert float(consistency_loss(student, pseudo, mask, everywhere)) == pytest.approx(
        expected, rel=1e-5
    )


def test_what_the_students_view_does_not_show_is_free():
    student, pseudo = maps().requires_grad_(), maps()
    valid = torch.ones(2, 1, 12, 12)
    valid[..., 6:] = 0
    consistency_loss(student, pseudo, torch.ones(2, 5), valid).backward()
    assert student.grad is not None
    assert float(student.grad[..., 6:].abs().max()) == 0
    assert float(student.grad[..., :6].abs().min()) > 0


def test_half_precision_maps_are_compared_exactly():
    student, pseudo = maps(), maps()
    loss = consistency_loss(student.bfloat16(), pseudo, torch.ones(2, 5))
    assert loss.dtype == torch.float32
    expected = consistency_loss(student.bfloat16().float(), pseudo, torch.ones(2, 5))
    assert torch.equal(loss, expected)


def test_cross_entropy_pulls_a_logit_by_how_far_its_map_is_off():
    logits = (4 * maps() - 2).requires_grad_()
    wanted, weights = maps(), torch.ones(2, 5)
    weights[0, 1] = 0
    entropy_loss(logits.sigmoid(), Targets(wanted, weights)).backward()
    off = (logits.sigmoid() - wanted).detach() * weights[..., None, None]
    assert torch.allclose(logits.grad, 0.1 * off / wanted.numel(), atol=1e-8)


def test_cross_entropy_of_a_perfect_map_is_nothing_and_of_a_wrong_one_finite():
    wanted = maps().round()
    perfect, wrong = (
        float(entropy_loss(shown, Targets(wanted, torch.ones(2, 5))))
        for shown in (wanted, 1 - wanted)
    )
    assert perfect == pytest.approx(0, abs=1e-6)
    assert 0.1 < wrong < 2


@pytest.mark.parametrize(
    ("kind", "loss"), [("squared", supervision_loss), ("entropy", entropy_loss)]
)
def test_a_recipe_chooses_between_the_two(kind, loss):
    shown, targets = maps(), Targets(maps(), torch.ones(2, 5))
    assert torch.equal(label_loss(shown, targets, kind), loss(shown, targets))


def test_a_loss_of_chances_needs_maps_of_chances():
    require_fitting_loss("entropy", "movenet_thunder")
    require_fitting_loss("squared", "pose_resnet50")
    with pytest.raises(BadInput, match="no chances"):
        require_fitting_loss("entropy", "pose_resnet50")
