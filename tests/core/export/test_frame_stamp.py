import numpy as np
import pytest

from core.export.frame_stamp import FrameStamp, clock


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00.000"),
        (4.25, "0:04.250"),
        (59.9996, "1:00.000"),
        (3599.5, "59:59.500"),
        (7325.0625, "2:02:05.062"),
    ],
)
def test_the_clock_reads_like_a_clock(seconds, text):
    assert clock(seconds) == text


def test_the_stamp_lies_in_the_bottom_corners():
    picture = np.full((480, 640, 3), 120, np.uint8)
    FrameStamp(640, 480).paint(picture, 12.5, 250)
    changed = np.argwhere((picture != 120).any(axis=-1))
    assert changed[:, 0].min() > 440
    assert changed[:, 1].min() < 20
    assert changed[:, 1].max() > 620


def test_the_time_changes_the_stamp():
    pictures = [np.full((480, 640, 3), 120, np.uint8) for _ in range(2)]
    for seconds, picture in enumerate(pictures):
        FrameStamp(640, 480).paint(picture, seconds, 25 * seconds)
    assert (pictures[0] != pictures[1]).any()


@pytest.mark.parametrize("size", [(1, 1), (64, 48), (48, 400), (200, 20)])
def test_a_tiny_picture_gets_none_rather_than_a_broken_one(size):
    width, height = size
    FrameStamp(width, height).paint(np.zeros((height, width, 3), np.uint8), 1.0, 1)
