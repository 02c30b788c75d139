"""Peaks are found between cells, at borders too, and mean the right pixel for each network."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from core.models.card import ModelCard
from core.prediction.heatmap_decoding import argmax_cells, decode_heatmaps

inside = st.floats(8, 55)


def gaussian(x: float, y: float, sigma: float = 1.2, peak: float = 0.8) -> Tensor:
    steps = torch.arange(64.0)
    column, row = steps.view(1, -1) - x, steps.view(-1, 1) - y
    return (peak * torch.exp(-(column**2 + row**2) / (2 * sigma**2))).view(1, 1, 64, 64)


@given(inside, inside, st.floats(1.0, 2.5))
def test_a_gaussian_between_cells_is_found_exactly(x: float, y: float, sigma: float) -> None:
    peaks = decode_heatmaps(gaussian(x, y, sigma))
    assert peaks.xy[0, 0].tolist() == pytest.approx([x, y], abs=0.02)


def test_the_confidence_is_the_height_of_the_peak() -> None:
    assert float(decode_heatmaps(gaussian(20, 30, peak=0.65)).confidence) == pytest.approx(0.65)


@pytest.mark.parametrize(("x", "y"), [(0, 0), (63, 0), (0, 63), (63, 63), (0, 31)])
def test_a_peak_on_the_border_stays_within_half_a_cell(x: int, y: int) -> None:
    found = decode_heatmaps(gaussian(x, y)).xy[0, 0]
    assert torch.all((found - torch.tensor([float(x), float(y)])).abs() <= 0.5)


def test_an_empty_map_gives_no_confidence_and_finite_places() -> None:
    peaks = decode_heatmaps(torch.zeros(2, 3, 64, 64))
    assert torch.all(peaks.confidence == 0)
    assert torch.all(torch.isfinite(peaks.xy))


def test_maps_are_decoded_one_by_one() -> None:
    together = torch.cat([gaussian(10.3, 20.6), gaussian(40.1, 5.5)], dim=1)
    both = decode_heatmaps(torch.cat([together, together.flip(1)], dim=0)).xy
    assert torch.equal(both[0, 0], both[1, 1])
    assert torch.equal(both[0, 1], both[1, 0])


def test_the_broad_peak_wins_over_a_lone_higher_cell() -> None:
    maps = gaussian(20, 20, sigma=2.0, peak=0.7)
    maps[0, 0, 50, 50] = 0.75
    assert decode_heatmaps(maps).xy[0, 0].tolist() == pytest.approx([20, 20], abs=0.1)
    assert argmax_cells(maps).xy[0, 0].tolist() == [50, 50]


def test_a_movenet_peak_lies_in_the_middle_of_its_cell(blob_card: ModelCard) -> None:
    peaks = argmax_cells(gaussian(10, 20))
    assert peaks.in_pixels(blob_card)[0, 0].tolist() == [42, 82]


def test_a_resnet_peak_lies_where_its_target_was_drawn(blob_card: ModelCard) -> None:
    card = blob_card.model_copy(update={"architecture": "pose_resnet50"})
    assert argmax_cells(gaussian(10, 20)).in_pixels(card)[0, 0].tolist() == [40, 80]
