"""Places are read precisely, and a gradient moves the peak where it points."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.training.objectives.gaussian_targets import draw_gaussians
from core.training.objectives.soft_argmax import soft_argmax

places = st.floats(6, 57)


@pytest.mark.parametrize("sigma", [1.2, 2.0])
@settings(max_examples=50)
@given(places, places, st.floats(0.3, 1.0))
def test_a_gaussian_is_found_between_cells(sigma: float, x: float, y: float, height: float):
    cells = torch.tensor([[[x, y]]])
    found = soft_argmax(height * draw_gaussians(cells, 64, sigma))
    assert torch.allclose(found, cells, atol=0.08)


def test_the_rest_of_the_map_does_not_pull():
    near, far = torch.tensor([[[20.3, 30.6]]]), torch.tensor([[[50.0, 10.0]]])
    maps = draw_gaussians(near, 64, 1.2) + 0.8 * draw_gaussians(far, 64, 1.2) + 0.05
    assert torch.allclose(soft_argmax(maps), near, atol=0.1)


def test_at_the_border_places_stay_in_the_map():
    found = soft_argmax(draw_gaussians(torch.tensor([[[0.0, 63.0]]]), 64, 2.0))[0, 0]
    assert 0 <= float(found[0]) < 1
    assert 62 < float(found[1]) <= 63


def test_descent_moves_a_peak_to_the_wanted_place():
    maps = draw_gaussians(torch.tensor([[[20.0, 30.0]]]), 64, 1.2).requires_grad_()
    wanted = torch.tensor([[[24.0, 27.0]]])
    optimiser = torch.optim.Adam([maps], lr=0.02)
    for _ in range(150):
        optimiser.zero_grad()
        (soft_argmax(maps) - wanted).square().sum().backward()
        optimiser.step()
    assert torch.allclose(soft_argmax(maps), wanted, atol=0.1)


@pytest.mark.parametrize("height", [1.0, 0.1, 1e-3])
def test_faint_peaks_have_gradients_too(height: float):
    maps = (height * draw_gaussians(torch.tensor([[[20.4, 30.0]]]), 64, 1.2)).requires_grad_()
    soft_argmax(maps)[..., 0].sum().backward()
    assert maps.grad is not None
    assert float(maps.grad.abs().max()) > 0.01


@pytest.mark.parametrize("value", [0.0, -3.0, -200.0, 500.0, torch.nan])
def test_flat_and_broken_maps_give_finite_places_and_gradients(value: float):
    maps = torch.full((1, 2, 8, 8), value).requires_grad_()
    found = soft_argmax(maps)
    found.sum().backward()
    assert bool(torch.isfinite(found).all())
    assert maps.grad is not None
    assert bool(torch.isfinite(maps.grad).all())


def test_half_precision_maps_give_exact_places():
    cells = torch.tensor([[[20.3, 30.6]]])
    with torch.autocast("cpu", torch.bfloat16):
        found = soft_argmax(draw_gaussians(cells, 64, 2.0).bfloat16())
    assert found.dtype == torch.float32
    assert torch.allclose(found, cells, atol=0.1)
