"""What is written is read back: pictures, true times, whole files or none."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import NoSpace
from core.video.source import open_video
from core.video.video_writer import VideoWriter
from tests.core.video.painted import is_upright, number_in, paint


def _write(path: Path, times: NDArray[np.float64], width: int = 96, height: int = 64) -> None:
    with VideoWriter(path, width, height, times) as writer:
        for number in range(len(times)):
            writer.write(paint(number % 256, width, height))


def _write_and_fail(path: Path) -> None:
    with VideoWriter(path, 96, 64, np.arange(2.0)) as writer:
        writer.write(paint(0))
        raise ZeroDivisionError


@pytest.mark.parametrize("rate", [25, 30, 30000 / 1001, 59.94, 5, 240, 12.5, 1])
def test_a_steady_rate_comes_back(tmp_path: Path, rate: float) -> None:
    times = np.arange(40) / rate
    _write(tmp_path / "out.mp4", times)
    with open_video(tmp_path / "out.mp4") as source:
        np.testing.assert_allclose(source.info.times, times, atol=0.001)
        assert [number_in(f.image) for f in source.frames()] == list(range(40))
        assert all(is_upright(frame.image) for frame in source.frames())
        assert not source.info.variable_rate
        assert source.info.warnings == ()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.floats(0.004, 3.0), max_size=30), start=st.floats(-5, 1000))
def test_true_times_come_back(tmp_path: Path, steps: list[float], start: float) -> None:
    times = start + np.cumsum([0.0, *steps])
    _write(tmp_path / "out.mp4", times)
    with open_video(tmp_path / "out.mp4") as source:
        np.testing.assert_allclose(source.info.times, times - times[0], atol=0.002)


@pytest.mark.parametrize("size", [(95, 63), (96, 63), (1, 1), (17, 200)])
def test_odd_sizes_are_padded_at_the_right_and_the_bottom(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    width, height = size
    with VideoWriter(tmp_path / "out.mp4", width, height, np.arange(3.0)) as writer:
        for _ in range(3):
            writer.write(np.full((height, width, 3), 200, np.uint8))
    with open_video(tmp_path / "out.mp4") as source:
        image = source.read(2).image
        assert image.shape[0] - height in (0, 1)
        assert image.shape[1] - width in (0, 1)
        assert abs(int(image[0, 0].mean()) - 200) < 12


def test_smaller_pictures_keep_their_place(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "out.mp4", 96, 64, np.arange(2.0)) as writer:
        writer.write(np.full((64, 96, 3), 220, np.uint8))
        writer.write(np.full((32, 48, 3), 220, np.uint8))
    with open_video(tmp_path / "out.mp4") as source:
        image = source.read(1).image
    assert image[:28, :44].mean() > 200
    assert image[36:, 52:].mean() < 25


@pytest.mark.parametrize("size", [(96, 64), (1280, 720)])
def test_colours_come_back(tmp_path: Path, size: tuple[int, int]) -> None:
    width, height = size
    with VideoWriter(tmp_path / "out.mp4", width, height, np.arange(1.0)) as writer:
        writer.write(np.full((height, width, 3), (200, 60, 30), np.uint8))
    with open_video(tmp_path / "out.mp4") as source:
        colour = source.read(0).image.mean((0, 1))
    np.testing.assert_allclose(colour, (200, 60, 30), atol=4)


def test_an_exception_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    out.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(out)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_that_cannot_be_made_is_no_space(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NoSpace, match=r"out\.mp4"):
        _write(tmp_path / "file" / "out.mp4", np.arange(2.0))


FULL_DISK = """
import resource, sys
from pathlib import Path
import numpy as np
from core.errors import NoSpace
from core.video.video_writer import VideoWriter
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
noise = np.random.default_rng(0)
try:
    with VideoWriter(Path(sys.argv[1]), 320, 240, np.arange(60) / 25) as writer:
        for _ in range(60):
            writer.write(noise.integers(0, 255, (240, 320, 3), np.uint8))
except NoSpace as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
def test_a_full_disk_is_a_sentence_and_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    out.write_bytes(b"old")
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(out)], capture_output=True, text=True, check=True
    )
    assert "out.mp4: cannot be written" in run.stdout
    assert run.stderr == ""
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]
