"""Colours change as the four plain steps would change them one after the other."""

import colorsys

import pytest
import torch
from torch import Tensor

from core.training.views.colour import jitter_colours
from core.training.views.hashed_draws import between, uniform
from core.training.views.view_ranges import PAPER_COLOURS, ColourRanges

SEEDS = torch.arange(6)


def pictures() -> Tensor:
    """Colours that no step can push out of [0, 1]."""
    return 0.35 + 0.2 * torch.rand(6, 3, 16, 16, generator=torch.Generator().manual_seed(1))


def test_one_product_does_what_four_steps_do():
    chance = between(uniform(SEEDS, "colour", 4), -1, 1)
    for picture, draws, found in zip(
        pictures(), chance, jitter_colours(pictures(), PAPER_COLOURS, SEEDS), strict=True
    ):
        factors = 1 + 0.25 * draws
        bright = picture * factors[0]
        contrasty = bright.mean() + (bright - bright.mean()) * factors[1]
        grey = contrasty.mean(dim=0)
        assert torch.allclose(found, grey + (contrasty - grey) * factors[2], atol=1e-5)


def test_hue_turns_colours_and_keeps_their_lightness():
    found = jitter_colours(pictures(), ColourRanges(hue=0.1), SEEDS)
    assert torch.allclose(found.mean(1), pictures().mean(1), atol=1e-5)
    assert not torch.allclose(found, pictures(), atol=1e-2)


def test_a_third_of_a_turn_makes_red_green_or_blue():
    red = torch.tensor([0.8, 0.2, 0.2]).view(1, 3, 1, 1).expand(300, 3, 2, 2)
    turned = jitter_colours(red, ColourRanges(hue=0.5), torch.arange(300))
    angles = 0.5 * between(uniform(torch.arange(300), "colour", 4), -1, 1)[:, 3]
    nearest = int((angles - 1 / 3).abs().argmin())
    hue, _, _ = colorsys.rgb_to_hsv(*turned[nearest, :, 0, 0].tolist())
    assert hue == pytest.approx(1 / 3, abs=0.01)


def test_colours_stay_in_their_range():
    wild = ColourRanges(brightness=0.9, contrast=0.9, saturation=0.9, hue=0.5)
    found = jitter_colours(torch.rand(6, 3, 16, 16), wild, SEEDS)
    assert float(found.min()) >= 0
    assert float(found.max()) <= 1


def test_autocast_does_not_round_colours():
    with torch.autocast("cpu", torch.bfloat16):
        inside = jitter_colours(pictures(), PAPER_COLOURS, SEEDS)
    assert torch.equal(inside, jitter_colours(pictures(), PAPER_COLOURS, SEEDS))
