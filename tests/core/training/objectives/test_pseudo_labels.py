"""Pseudo-labels: rectified as the authors do or between cells; the surest of each keypoint."""

import numpy as np
import pytest
import torch
from torch import Tensor

from core.training.objectives.gaussian_targets import draw_gaussians
from core.training.objectives.pseudo_labels import (
    PseudoLabels,
    confidence_mask,
    confidence_threshold,
    find_pseudo_labels,
    rectify,
)
from tests.core.training.objectives import authors_formulas


def ragged_maps() -> Tensor:
    chance = torch.Generator().manual_seed(4)
    peaks = torch.rand(3, 4, 2, generator=chance) * 63
    heights = 0.2 + 0.8 * torch.rand(3, 4, 1, 1, generator=chance)
    noise = 0.1 * torch.rand(3, 4, 64, 64, generator=chance)
    return heights * draw_gaussians(peaks, 64, 2.0) + noise


def test_integer_rectifying_is_the_authors():
    maps = ragged_maps()
    found = rectify(find_pseudo_labels(maps, "integer"), 64, 2.0)
    assert np.allclose(found.numpy(), authors_formulas.rectified(maps.numpy()), atol=1e-6)


def test_sub_pixel_rectifying_gives_back_a_clean_gaussian():
    cells = torch.tensor([[[20.3, 30.8], [40.5, 11.1]]])
    labels = find_pseudo_labels(0.4 * draw_gaussians(cells, 64, 1.2), "sub_pixel")
    assert torch.allclose(labels.cells, cells, atol=0.02)
    assert torch.allclose(rectify(labels, 64, 1.2), draw_gaussians(cells, 64, 1.2), atol=0.02)


@pytest.mark.parametrize("rectifying", ["integer", "sub_pixel"])
def test_confidence_is_the_highest_value_and_carries_no_gradient(rectifying):
    maps = ragged_maps().requires_grad_()
    labels = find_pseudo_labels(maps, rectifying)
    assert torch.equal(labels.confidence, maps.amax((2, 3)))
    assert not labels.cells.requires_grad
    assert not labels.confidence.requires_grad


def test_autocast_does_not_move_pseudo_labels():
    maps = ragged_maps()
    with torch.autocast("cpu", torch.bfloat16):
        inside = find_pseudo_labels(maps, "sub_pixel")
    assert torch.equal(inside.cells, find_pseudo_labels(maps, "sub_pixel").cells)


def test_maps_that_are_not_numbers_are_trusted_with_nothing():
    labels = find_pseudo_labels(torch.full((1, 1, 64, 64), torch.nan), "sub_pixel")
    assert labels.confidence.tolist() == [[0]]
    assert bool(torch.isfinite(labels.cells).all())


@pytest.mark.parametrize("ratio", [0.5, 0.3, 0.8])
def test_one_threshold_for_the_batch_is_the_authors(ratio: float):
    peaks = torch.rand(6, 16, generator=torch.Generator().manual_seed(6))
    mask = confidence_mask(peaks, confidence_threshold(peaks, ratio, "batch"))
    assert np.array_equal(mask.numpy(), authors_formulas.confidence_mask(peaks.numpy(), ratio))


def test_by_keypoint_no_keypoint_crowds_out_another():
    heads, wrists = 0.9 + 0.01 * torch.arange(8), 0.1 + 0.01 * torch.arange(8)
    peaks = torch.stack([heads, wrists], dim=1)
    mask = confidence_mask(peaks, confidence_threshold(peaks, 0.5, "keypoint"))
    assert mask.sum(0).tolist() == [4, 4]
    together = confidence_mask(peaks, confidence_threshold(peaks, 0.5, "batch"))
    assert together.sum(0).tolist() == [8, 0]


def test_nothing_rejected_keeps_everything_that_is_sure_enough():
    peaks = torch.tensor([[0.1, 0.5], [0.4, 0.0]])
    threshold = confidence_threshold(peaks, 0.0, "keypoint")
    assert confidence_mask(peaks, threshold).tolist() == [[1, 1], [1, 1]]
    assert confidence_mask(peaks, threshold, least=0.3).tolist() == [[0, 1], [1, 0]]


def test_two_processes_find_the_threshold_of_the_whole_batch():
    peaks = torch.rand(8, 16, generator=torch.Generator().manual_seed(7))

    def gather(_: Tensor) -> Tensor:
        return peaks

    for grouping in ("keypoint", "batch"):
        alone = confidence_threshold(peaks, 0.5, grouping)
        assert torch.equal(confidence_threshold(peaks[:3], 0.5, grouping, gather), alone)


def test_rectified_labels_are_one_high_however_faint_the_teacher_was():
    labels = PseudoLabels(torch.tensor([[[7.0, 9.0]]]), torch.tensor([[0.01]]))
    assert float(rectify(labels, 64, 2.0)[0, 0, 9, 7]) == 1
