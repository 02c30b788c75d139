"""What a view shows: the canvas at the right place, changed as asked, each sample on its own."""

import torch

from core.training.views.view_maps import draw_maps, plain_views
from core.training.views.view_pictures import Appearance, show
from core.training.views.view_ranges import PAPER_VIEW, ColourRanges, ErasingRanges

CANVAS, SIZE = 80, 64
WILD = Appearance(
    ColourRanges(0.4, 0.4, 0.4, 0.1, blur=1.5, noise=0.05), ErasingRanges(count=2, probability=0.5)
)


def canvases(batch: int) -> torch.Tensor:
    chance = torch.Generator().manual_seed(1)
    shape = (batch, 3, CANVAS, CANVAS)
    return torch.randint(0, 256, shape, generator=chance, dtype=torch.uint8)


def test_the_plain_view_is_the_middle_of_the_canvas():
    seeds = torch.arange(2)
    shown = show(canvases(2), plain_views(seeds, CANVAS, SIZE), Appearance(), seeds)
    assert torch.allclose(shown, canvases(2)[:, :, 8:72, 8:72] / 255, atol=1e-4)


def test_colours_stay_between_0_and_1_and_samples_keep_apart():
    seeds = torch.arange(6)
    together = show(canvases(6), draw_maps(PAPER_VIEW, seeds, CANVAS, SIZE), WILD, seeds)
    views = draw_maps(PAPER_VIEW, seeds[4:5], CANVAS, SIZE)
    alone = show(canvases(6)[4:5], views, WILD, seeds[4:5])
    assert torch.allclose(together[4:5], alone, atol=1e-5)
    assert float(together.min()) >= 0
    assert float(together.max()) <= 1


def test_pixels_that_stand_side_by_side_in_memory_give_the_same():
    seeds = torch.arange(3)
    views = draw_maps(PAPER_VIEW, seeds, CANVAS, SIZE)
    last = canvases(3).contiguous(memory_format=torch.channels_last)
    assert torch.equal(
        show(last, views, Appearance(), seeds), show(canvases(3), views, Appearance(), seeds)
    )
