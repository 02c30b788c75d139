"""Low frequencies of one picture on another; shapes stay where they are."""

import pytest
import torch
from torch import Tensor

from core.training.views.style.fourier_style import swap_amplitudes

FULL = torch.ones(3)
WINDOW, HIGHEST = 0.1, 3  # of 32 pixels


def pictures(seed: int) -> Tensor:
    """Faint noise about grey, so that nothing is clamped."""
    return 0.4 + 0.2 * torch.rand(3, 3, 32, 32, generator=torch.Generator().manual_seed(seed))


def spectrum(found: Tensor) -> Tensor:
    return torch.fft.fft2(found.double())


def inside() -> Tensor:
    frequency = torch.fft.fftfreq(32, 1 / 32).abs() <= HIGHEST
    return frequency & frequency.unsqueeze(1)


def test_amplitudes_change_in_the_window_and_nowhere_else():
    found = spectrum(swap_amplitudes(pictures(1), pictures(2), FULL, WINDOW)).abs()
    wanted = torch.where(inside(), spectrum(pictures(2)).abs(), spectrum(pictures(1)).abs())
    assert torch.allclose(found, wanted, atol=1e-4)


@pytest.mark.parametrize("strength", [0.3, 1.0])
def test_phases_stay(strength):
    found = spectrum(swap_amplitudes(pictures(1), pictures(2), strength * FULL, WINDOW))
    before = spectrum(pictures(1))
    turned = found / before  # positive and real where the phase is kept
    assert float(turned.imag.abs().max()) < 1e-2
    assert float(turned.real.min()) > 0


def test_strength_mixes_amplitudes():
    found = spectrum(swap_amplitudes(pictures(1), pictures(2), 0.25 * FULL, WINDOW)).abs()
    mixed = 0.75 * spectrum(pictures(1)).abs() + 0.25 * spectrum(pictures(2)).abs()
    assert torch.allclose(found[..., inside()], mixed[..., inside()], atol=1e-4)


def test_strength_0_and_window_0_change_nothing():
    same = swap_amplitudes(pictures(1), pictures(2), 0 * FULL, WINDOW)
    assert torch.allclose(same, pictures(1), atol=1e-6)
    assert torch.equal(swap_amplitudes(pictures(1), pictures(2), FULL, 0), pictures(1))


def test_the_narrowest_window_swaps_the_mean_colour():
    found = swap_amplitudes(pictures(1), pictures(2), FULL, 0.01)
    assert torch.allclose(found.mean((2, 3)), pictures(2).mean((2, 3)), atol=1e-6)


def test_a_black_picture_stays_finite():
    black = torch.zeros(3, 3, 32, 32)
    for one, other in ((black, pictures(1)), (pictures(1), black), (black, black)):
        assert bool(swap_amplitudes(one, other, FULL, WINDOW).isfinite().all())


def test_colours_stay_in_their_range_and_autocast_does_not_round():
    wild, style = torch.rand(3, 3, 32, 32).round(), torch.ones(3, 3, 32, 32)
    found = swap_amplitudes(wild, style, FULL, WINDOW)
    assert 0 <= float(found.min()) <= float(found.max()) <= 1
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(swap_amplitudes(wild, style, FULL, WINDOW), found)
