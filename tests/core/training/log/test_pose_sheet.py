import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.networks.load import PoseNetwork
from core.pose.palette import SIDE_COLOURS, SILHOUETTE
from core.training.batch import Batch
from core.training.data.canvas import CANVAS
from core.training.log.pose_sheet import GAP, PANEL, PoseSheet
from tests.core.training import toy

STEP = PANEL + GAP


class Pointing(nn.Module):
    """Finds every keypoint at one cell of its 16, as sure as told."""

    def __init__(self, column: int, row: int, peak: float = 1.0) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(3)
        self._at, self._peak = (row, column), peak

    def forward(self, images: Tensor) -> Tensor:
        self.norm(images)
        maps = images.new_zeros(len(images), 16, 16, 16)
        maps[:, :, *self._at] = self._peak
        return maps


def network(module: nn.Module) -> PoseNetwork:
    return PoseNetwork(toy.CARD, module)


def frames(count: int = 2, grey: int = 100) -> Batch:
    """Grey canvases; of the plain view the left half shows the infant, a strip nobody knows."""
    infant = torch.zeros(count, 1, CANVAS, CANVAS)
    infant[..., : CANVAS // 2] = 1.0
    infant[..., 200:240] = torch.nan
    return Batch(
        torch.full((count, 3, CANVAS, CANVAS), grey, dtype=torch.uint8),
        torch.full((count, 16, 2), torch.nan),
        infant,
        torch.arange(count),
    )


def panel(sheet: np.ndarray, row: int, column: int) -> np.ndarray:
    y, x = row * STEP, column * STEP
    return sheet[y : y + PANEL, x : x + PANEL].astype(int)


def test_a_row_for_each_frame_and_a_panel_for_each_thing():
    two = PoseSheet(network(Pointing(8, 8)), frames(3)).draw()
    assert (two.shape, two.dtype) == ((3 * STEP, 2 * STEP, 3), np.uint8)
    three = PoseSheet(network(Pointing(8, 8)), frames(1), lambda p: torch.ones(len(p), 1, 64, 64))
    assert three.draw().shape == (STEP, 3 * STEP, 3)


@pytest.mark.parametrize(("column", "row"), [(4, 4), (12, 5), (7, 11)])
def test_keypoints_stand_where_the_network_found_them(column, row):
    drawn = panel(PoseSheet(network(Pointing(column, row)), frames(1)).draw(), 0, 0)
    changed = np.argwhere((drawn != 100).any(axis=-1))
    stride = PANEL / 16  # a cell of this architecture stands for its corner
    assert changed.mean(axis=0)[::-1] + 0.5 == pytest.approx([column * stride, row * stride], abs=1)
    assert len(changed) < 400


def test_a_doubtful_keypoint_is_a_ring():
    middles = []
    for peak in (1.0, 0.1):  # the card's threshold is 0.3
        drawn = panel(PoseSheet(network(Pointing(8, 8, peak)), frames(1)).draw(), 0, 0)
        middles.append(tuple(drawn[128, 128]))
    assert middles[0] in SIDE_COLOURS.values()
    assert middles[1] not in SIDE_COLOURS.values()


def test_the_mask_is_tinted_where_the_infant_is_and_dark_where_nothing_is_charged():
    drawn = panel(PoseSheet(network(Pointing(8, 8)), frames(1)).draw(), 0, 1)
    scale = PANEL / (CANVAS / 1.25)  # of the plain view, which is the middle of the canvas
    at = [round((x - CANVAS * 0.1) * scale) for x in (100, 180, 220, 270)]
    infant, background, unknown, right = drawn[100, at]
    assert infant == pytest.approx(100 + 0.45 * (np.array(SILHOUETTE) - 100), abs=1)
    assert background.tolist() == right.tolist() == [100, 100, 100]
    assert unknown.max() < 60


def test_the_silhouette_is_that_of_the_keypoints_found():
    def area(points: Tensor) -> Tensor:
        """A square about the mean keypoint."""
        steps = (torch.arange(64) + 0.5) / 32 - 1
        x, y = points.mean(dim=1).unbind(-1)
        inside = (steps - x[:, None, None]).abs() < 0.25
        return (inside & ((steps[:, None] - y[:, None, None]).abs() < 0.25)).float()[:, None] - 0.5

    drawn = panel(PoseSheet(network(Pointing(4, 10)), frames(1), area).draw(), 0, 2)
    changed = np.argwhere((drawn != 100).any(axis=-1))
    assert changed.mean(axis=0)[::-1] + 0.5 == pytest.approx([4 * 16, 10 * 16], abs=3)
    assert len(changed) == pytest.approx(64 * 64, rel=0.15)


def test_the_network_stays_as_it_was():
    module = Pointing(8, 8).train()
    frozen = nn.BatchNorm2d(3).eval()
    module.add_module("frozen", frozen)
    before = {name: value.clone() for name, value in module.state_dict().items()}
    PoseSheet(network(module), frames()).draw()
    assert (module.training, module.norm.training, frozen.training) == (True, True, False)
    for name, value in module.state_dict().items():
        assert torch.equal(value, before[name]), name


def test_it_shows_the_weights_of_the_moment():
    found = toy.network(1)
    sheet = PoseSheet(found, frames(1))
    before = sheet.draw()
    assert np.array_equal(before, sheet.draw())
    with torch.no_grad():
        for parameter in found.module.parameters():
            parameter.mul_(-1)
    assert not np.array_equal(before, sheet.draw())
