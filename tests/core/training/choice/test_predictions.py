import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from core.training.choice.fixed_views import FIXED_VIEWS, FixedView, view_all
from core.training.choice.predictions import evaluating, predict
from core.training.data.canvas import CANVAS, ROOM
from core.training.views.affine_maps import map_points
from tests.core.training import toy
from tests.core.training.choice import painted


@given(st.floats(-90, 90), st.floats(0.5, 2), st.booleans())
def test_a_view_turns_scales_and_mirrors_about_the_middle(degrees, scale, is_mirrored):
    views = view_all(FixedView(degrees, scale, is_mirrored), torch.zeros(1), CANVAS, 64)
    middle = torch.full((1, 1, 2), CANVAS / 2)
    assert torch.allclose(map_points(middle, views.maps), torch.full((1, 1, 2), 32.0), atol=1e-3)
    linear = views.maps[0, :2, :2] * (CANVAS / ROOM / 64)
    sign = -1 if is_mirrored else 1
    assert torch.linalg.det(linear).item() == pytest.approx(sign * scale**2, rel=1e-4)
    down = torch.atan2(-linear[0, 1], linear[1, 1])  # where the y axis goes
    assert torch.rad2deg(down).item() == pytest.approx(degrees, abs=1e-2)


def test_every_view_finds_the_keypoints_where_they_are():
    canvases = painted.canvases(3, seed=1)
    found = predict(painted.network(), canvases)
    margin = (CANVAS - CANVAS / ROOM) / 2
    truth = (torch.from_numpy(canvases.xy) - margin) / (CANVAS / ROOM)
    assert found.places.shape == (len(FIXED_VIEWS), 3, 16, 2)
    assert (found.places - truth).norm(dim=-1).max() < 0.03
    assert found.is_shown.all()
    assert found.is_known.all()
    assert found.confidence.min() > 0.1


def test_a_view_that_does_not_reach_a_keypoint_does_not_count():
    class Corner(nn.Module):
        def __init__(self):
            super().__init__()
            self.unused = nn.Parameter(torch.zeros(1))

        def forward(self, images):
            maps = torch.zeros(len(images), 16, 16, 16)
            maps[..., 0, 0] = 1
            return maps

    found = predict(toy.PoseNetwork(toy.CARD, Corner()), painted.canvases(1, seed=1))
    assert found.is_shown[0].all()
    assert not found.is_shown[FIXED_VIEWS.index(FixedView(scale=1.15))].any()


def test_modes_come_back_and_batch_statistics_stay():
    module = nn.Sequential(nn.Conv2d(3, 16, 4, 4), nn.BatchNorm2d(16), nn.Dropout(0.5)).train()
    module[1].eval()
    network = toy.PoseNetwork(toy.CARD, module)
    before = {name: value.clone() for name, value in module.state_dict().items()}
    canvases, chance = painted.canvases(9, seed=1), torch.get_rng_state()
    first, second = predict(network, canvases), predict(network, canvases)
    assert torch.equal(first.places, second.places)
    assert [part.training for part in module] == [True, False, True]
    assert all(torch.equal(value, before[name]) for name, value in module.state_dict().items())
    assert torch.equal(torch.get_rng_state(), chance)


def test_modes_come_back_after_a_fault():
    module = nn.Dropout().train()
    with pytest.raises(ValueError, match="fault"), evaluating(module):
        raise ValueError("fault")
    assert module.training
