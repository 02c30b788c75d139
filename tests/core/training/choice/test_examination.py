"""What the evidence has to notice; the numbers come from a network that sees painted figures."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from core.networks.load import PoseNetwork
from core.pose.skeleton import shipped_skeleton
from core.training.adaptation import Judges
from core.training.choice.evidence import score
from core.training.choice.examination import Examination
from tests.core.training import toy
from tests.core.training.choice import painted


@pytest.fixture(scope="module")
def examination():
    canvases = painted.canvases(10, seed=2, groups=("ward",) * 10)
    return Examination(painted.network(), canvases, Judges())


class Changed(nn.Module):
    """The seeing network with its maps changed."""

    def __init__(self, change):
        super().__init__()
        self.seer, self.change = painted.Seer(), change

    def forward(self, images):
        return self.change(self.seer(images))


def evidence_of(examination, change):
    return examination.evidence(PoseNetwork(toy.CARD, Changed(change)))


def shifted(maps):
    """Each picture's maps rolled by its own cells, which differ from view to view."""
    steps = (maps.flatten(1).sum(1) * 1e4).long() % 5 - 2
    moved = [one.roll((int(s), -int(s)), (1, 2)) for one, s in zip(maps, steps, strict=True)]
    return torch.stack(moved)


def middle(maps):
    flat = torch.zeros_like(maps)
    flat[..., 7:10, 7:10] = 0.5
    flat[..., 8, 8] = 1.0
    return flat


def swapped(maps):
    return maps[:, torch.from_numpy(shipped_skeleton().mirror_indices.copy())]


def one_sided(maps):
    """Left keypoints lie where the right ones are."""
    both = maps.clone()
    for left, right in shipped_skeleton().mirrored:
        of_left, of_right = shipped_skeleton().indices(left, right)
        both[:, of_left] = maps[:, of_right]
    return both


def test_the_base_agrees_with_itself(examination):
    base = examination.base
    assert base.agreement > 0.95
    assert base.kept == pytest.approx(1.0)
    assert base.jury > 0.95
    assert base.spread < 0.03
    assert base.coinciding == 0
    assert base.asymmetry < 0.3
    assert 0 < base.bone_spread < 0.3
    assert base.plausibility is None
    assert base.silhouette is None


def test_it_is_a_function_of_the_weights(examination):
    assert examination.evidence(painted.network()) == examination.base


def test_jitter_lowers_agreement_and_score(examination):
    found = evidence_of(examination, shifted)
    assert found.agreement < examination.base.agreement - 0.2
    assert found.spread > 2 * examination.base.spread
    assert score(found, examination.base) < score(examination.base, examination.base) - 0.2


def test_a_collapsed_network_agrees_with_itself_and_still_loses(examination):
    found = evidence_of(examination, middle)
    assert found.agreement == 1.0
    assert found.kept < 0.2
    assert found.extent < 0.2 * examination.base.extent
    assert found.coinciding == 1.0
    assert score(found, examination.base) < 0


@pytest.mark.parametrize("agreement", [0.05, 0.5])
def test_a_collapsed_network_loses_to_a_poor_base_that_is_sure_of_nothing(examination, agreement):
    base = replace(examination.base, agreement=agreement, kept=None)
    collapsed = replace(evidence_of(examination, middle), kept=None)
    assert score(collapsed, base) < score(base, base)


def test_constantly_swapped_sides_agree_with_themselves_and_lose(examination):
    found = evidence_of(examination, swapped)
    assert found.agreement > 0.95
    assert found.kept == 0
    assert score(found, examination.base) < score(examination.base, examination.base) - 0.8


def test_sides_that_fall_together_lose(examination):
    found = evidence_of(examination, one_sided)
    assert found.coinciding > 0.9
    assert score(found, examination.base) < score(examination.base, examination.base) - 0.8


def test_the_judges_are_heard_where_they_are_at_hand():
    canvases = painted.canvases(4, seed=3)
    canvases.infant[:3] = 0
    canvases.infant[:2, 80:240, 80:240] = 200  # 160 of the plain view's 256 canvas pixels

    def area(points):
        logits = torch.full((len(points), 1, 64, 64), -1.0)
        logits[:, :, 12:52, 12:52] = 1.0
        return logits

    judges = Judges(prior=lambda bones: bones.norm(dim=-1).sum(-1), area=area)
    found = Examination(painted.network(), canvases, judges).base
    assert found.plausibility == pytest.approx(np.exp(-13), rel=1e-2)  # thirteen unit vectors
    assert found.silhouette == pytest.approx(2 / 3, abs=0.03)  # two fit, one has no infant
