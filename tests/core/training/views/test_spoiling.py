"""Blur, noise and erased parts: their strength, their place, one sample at a time."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from core.training.views.spoiling import add_noise, blur, erase
from core.training.views.view_ranges import ErasingRanges

SEEDS = torch.arange(8)
ERASING = ErasingRanges(count=2, probability=0.7, side=(0.2, 0.5))


def noisy(pictures: Tensor, seeds: Tensor) -> Tensor:
    return add_noise(pictures, 0.05, seeds)


def blurred(pictures: Tensor, seeds: Tensor) -> Tensor:
    return blur(pictures, 2.0, 0.7, seeds)


def erased(pictures: Tensor, seeds: Tensor) -> Tensor:
    return erase(pictures, ERASING, seeds)


@pytest.mark.parametrize("spoil", [noisy, blurred, erased])
def test_neighbours_in_the_batch_change_nothing(spoil: Callable[[Tensor, Tensor], Tensor]):
    pictures = torch.rand(8, 3, 24, 24)
    together, alone = spoil(pictures, SEEDS), spoil(pictures[5:6], SEEDS[5:6])
    assert torch.allclose(together[5:6], alone, atol=1e-6)
    assert not torch.equal(together, pictures)


def test_blur_spreads_a_dot_by_its_sigma():
    dot = torch.zeros(200, 1, 41, 41)
    dot[:, :, 20, 20] = 1
    spread = blur(dot, 2.0, 0.5, torch.arange(200))
    assert torch.allclose(spread.sum((1, 2, 3)), torch.ones(200), atol=1e-4)
    steps = torch.arange(41) - 20.0
    variance = (spread.sum(2)[:, 0] * steps**2).sum(-1)
    assert 70 < int((variance < 1e-6).sum()) < 130
    assert float(variance.max().sqrt()) == pytest.approx(1.95, abs=0.06)


def test_blur_keeps_borders_bright():
    assert torch.allclose(blur(torch.ones(2, 3, 9, 9), 2.0, 1.0, SEEDS[:2]), torch.ones(1))


def test_noise_is_as_strong_as_it_may_be():
    grey = torch.full((200, 3, 16, 16), 0.5)
    deviations = (add_noise(grey, 0.05, torch.arange(200)) - grey).std(dim=(1, 2, 3))
    assert float(deviations.max()) == pytest.approx(0.05, rel=0.1)
    assert float(deviations.min()) < 0.005


def test_erased_parts_are_whole_rectangles_of_one_colour():
    ranges = ErasingRanges(count=1, probability=1.0, side=(0.25, 0.5))
    changed = erase(torch.full((50, 3, 32, 32), -1.0), ranges, torch.arange(50))
    for picture in changed:
        is_erased = picture[0] >= 0
        rows, columns = is_erased.any(1), is_erased.any(0)
        assert torch.equal(is_erased, rows.unsqueeze(1) & columns.unsqueeze(0))
        assert 7 <= int(rows.sum()) <= 17
        assert 7 <= int(columns.sum()) <= 17
        assert len(picture[:, is_erased].unique(dim=1)[0]) == 1


def test_erasing_happens_as_often_as_asked():
    ranges = ErasingRanges(count=1, probability=0.3)
    changed = erase(torch.full((400, 3, 16, 16), -1.0), ranges, torch.arange(400))
    assert 85 < int((changed.amax((1, 2, 3)) >= 0).sum()) < 155
