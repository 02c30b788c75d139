"""Colours of one picture on another."""

import pytest
import torch
from torch import Tensor

from core.training.views.style.colour_style import match_colours

FULL = torch.ones(4)


def pictures(seed: int, low: float = 0.35, high: float = 0.65, size: int = 24) -> Tensor:
    """Noise about a colour of each picture's own; nothing near black or white."""
    chance = torch.Generator().manual_seed(seed)
    middle = 0.1 * torch.rand(4, 3, 1, 1, generator=chance)
    return low + middle + (high - low - 0.1) * torch.rand(4, 3, size, size, generator=chance)


def axes_of_colour(found: Tensor) -> Tensor:
    """Lightness, yellow - blue, red - green of each pixel, (B, 3, N)."""
    red, green, blue = found.double().flatten(2).unbind(1)
    return torch.stack(
        [
            (red + green + blue) / 3**0.5,
            (red + green - 2 * blue) / 6**0.5,
            (red - green) / 2**0.5,
        ],
        dim=1,
    )


@pytest.mark.parametrize("size", [24, 40])
def test_full_strength_matches_mean_and_spread_of_each_axis(size):
    styles = pictures(2, 0.4, 0.6, size)
    found, wanted = axes_of_colour(match_colours(pictures(1), styles, FULL)), axes_of_colour(styles)
    assert torch.allclose(found.mean(-1), wanted.mean(-1), atol=1e-5)
    assert torch.allclose(found.std(-1), wanted.std(-1), atol=1e-5)


def test_strength_0_changes_nothing():
    assert torch.equal(match_colours(pictures(1), pictures(2), 0 * FULL), pictures(1))


def test_half_the_strength_goes_half_the_way():
    whole = match_colours(pictures(1), pictures(2), FULL)
    half = match_colours(pictures(1), pictures(2), 0.5 * FULL)
    assert torch.allclose(half, (pictures(1) + whole) / 2, atol=1e-6)


def test_a_picture_alone_looks_as_in_its_batch():
    strength = torch.linspace(0, 1, 4)
    whole = match_colours(pictures(1), pictures(2), strength)
    alone = match_colours(pictures(1)[2:3], pictures(2)[2:3], strength[2:3])
    assert torch.allclose(whole[2:3], alone, atol=1e-6)


def test_a_grey_picture_is_tinted_and_its_noise_grows_at_most_fourfold():
    grey = torch.full((4, 3, 24, 24), 0.5) + 0.001 * pictures(3)
    colourful = torch.rand(4, 3, 24, 24)
    found = match_colours(grey, colourful, FULL)
    assert torch.allclose(found.mean((2, 3)), colourful.mean((2, 3)), atol=1e-3)
    assert bool((axes_of_colour(found).std(-1) < 4.01 * axes_of_colour(grey).std(-1)).all())


def test_a_picture_of_one_colour_stays_finite():
    flat = torch.full((4, 3, 8, 8), 0.25)
    assert torch.allclose(match_colours(flat, 1 - flat, FULL), 1 - flat, atol=1e-5)
    assert bool(match_colours(flat, pictures(1), FULL).isfinite().all())


def test_colours_stay_in_their_range_and_autocast_does_not_round():
    wild = torch.rand(4, 3, 24, 24)
    found = match_colours(wild, wild.round(), FULL)
    assert float(found.min()) >= 0
    assert float(found.max()) <= 1
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(match_colours(wild, wild.round(), FULL), found)
