"""The rate that is shown for a recording is the camera's, whatever the container rounds."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.video.frame import VideoInfo


def _info(times: NDArray[np.float64]) -> VideoInfo:
    return VideoInfo(Path("a.mkv"), 64, 48, times, variable_rate=False, codec="h264")


def _milliseconds(rate: float, count: int = 300) -> NDArray[np.float64]:
    """As Matroska keeps them."""
    return np.round(np.arange(count) / rate, 3)


RATES = [10, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60, 119.88, 240]


@pytest.mark.parametrize("rate", RATES)
def test_rounded_times_give_the_true_rate(rate: float) -> None:
    assert _info(_milliseconds(rate)).fps == pytest.approx(rate, rel=2e-3)


@pytest.mark.parametrize("rate", RATES)
def test_gaps_do_not_count(rate: float) -> None:
    times = np.delete(_milliseconds(rate), np.r_[40:90, 120, 200:204])
    assert _info(times).fps == pytest.approx(rate, rel=5e-3)


@pytest.mark.parametrize("rate", RATES)
def test_exact_times_give_the_exact_rate(rate: float) -> None:
    info = _info(np.arange(300) / rate)
    assert info.fps == pytest.approx(rate, rel=1e-12)
    assert info.duration == pytest.approx(300 / rate, rel=1e-12)


@pytest.mark.parametrize(
    ("times", "rate"),
    [
        ([0.0], 1.0),
        ([0.0, 0.04], 25.0),
        ([0.0, 0.02, 0.1], 20.0),  # no step is the median
        ([0.0, 0.1, 0.2, 0.5, 0.6, 2.0], 10.0),
    ],
)
def test_a_few_frames_and_variable_rates(times: list[float], rate: float) -> None:
    info = _info(np.array(times))
    assert info.fps == pytest.approx(rate)
    assert info.duration == pytest.approx(times[-1] + 1 / rate)
