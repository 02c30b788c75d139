import pytest
import torch

from core.training.data.canvas_set import CanvasSet
from core.training.log.shown_frames import shown_frames
from tests.core.training import toy

CPU = torch.device("cpu")


def shown(canvases: CanvasSet) -> set[bytes]:
    pictures = shown_frames(canvases, CPU).pictures
    return {picture.permute(1, 2, 0).numpy().tobytes() for picture in pictures}


@pytest.mark.parametrize(("count", "expected"), [(12, 6), (6, 6), (3, 3)])
def test_six_different_ones_are_shown_or_all(count, expected):
    canvases = toy.canvases(count, 0)
    found = shown(canvases)
    assert len(found) == expected
    assert found <= {image.tobytes() for image in canvases.images}


def test_names_decide_and_not_the_order():
    canvases = toy.canvases(12, 0)
    assert shown(canvases) == shown(canvases.subset(list(range(11, -1, -1))))


def test_they_are_the_same_each_time():
    first, second = (shown_frames(toy.canvases(12, 0), CPU).pictures for _ in range(2))
    assert torch.equal(first, second)
