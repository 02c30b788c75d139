"""Frame N is frame N, at its true time and the right way up, in every kind of recording."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import BadVideo
from core.progress import Progress
from core.video.frame import Frame
from core.video.source import open_video, preview
from tests.core.video.clip_matrix import BROKEN, CLIPS
from tests.core.video.clips import Clip, write_clip
from tests.core.video.painted import is_upright, number_in

InOrder = Callable[[str], list[Frame]]
GivePath = Callable[[str], Path]

# A walk: where it starts, then how far each step goes (mostly little, as a person does).
walks = st.tuples(
    st.integers(0, 1000),
    st.lists(st.one_of(st.integers(-3, 3), st.integers(-60, 60)), max_size=12),
)


def _indices(walk: tuple[int, list[int]], count: int) -> list[int]:
    start, steps = walk
    return [int(n) % count for n in np.cumsum([start, *steps])]


@pytest.mark.parametrize("name", CLIPS)
def test_frames_in_order_are_those_that_were_written(in_order: InOrder, name: str) -> None:
    frames = in_order(name)
    count = len(CLIPS[name].times_ms)
    assert [number_in(frame.image) for frame in frames] == list(range(count))
    assert [frame.index for frame in frames] == list(range(count))
    assert all(is_upright(frame.image) and frame.intact for frame in frames)


@pytest.mark.parametrize("name", CLIPS)
def test_times_are_true_to_two_milliseconds(clip: GivePath, name: str) -> None:
    written = np.array(CLIPS[name].times_ms) / 1000
    with open_video(clip(name)) as source:
        times, info = source.info.times, source.info
    np.testing.assert_allclose(times, written - written[0], atol=0.002)
    assert info.frame_count == len(written)
    assert info.variable_rate == (len(written) > 1 and bool(np.ptp(np.diff(written)) > 0.01))
    assert info.warnings == ()


def test_the_rate_of_a_recording_that_keeps_milliseconds(tmp_path: Path) -> None:
    times = [round(number * 1000 / 30) for number in range(60)]
    with open_video(write_clip(tmp_path, Clip("thirty.mkv", times_ms=times))) as source:
        assert source.info.fps == pytest.approx(30, rel=1e-3)
        assert not source.info.variable_rate


@pytest.mark.parametrize("name", CLIPS)
def test_pictures_have_the_size_in_which_they_are_seen(in_order: InOrder, name: str) -> None:
    width, height = CLIPS[name].size
    for frame in in_order(name):
        assert frame.image.shape == (height, width, 3)
        assert frame.image.dtype == np.uint8
        assert frame.image.flags.c_contiguous


@pytest.mark.parametrize("name", [*CLIPS, *BROKEN])
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=walks)
def test_a_frame_read_at_random_equals_the_frame_read_in_order(
    clip: GivePath, in_order: InOrder, name: str, walk: tuple[int, list[int]]
) -> None:
    frames = in_order(name)
    with open_video(clip(name)) as source:
        assert source.info.frame_count == len(frames)
        for index in _indices(walk, len(frames)):
            frame = source.read(index)
            assert (frame.index, frame.time_s) == (index, frames[index].time_s)
            np.testing.assert_array_equal(frame.image, frames[index].image)


@pytest.mark.parametrize("name", [*CLIPS, *BROKEN])
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, 60), length=st.integers(0, 30))
def test_a_stretch_equals_the_same_stretch_of_the_whole(
    clip: GivePath, in_order: InOrder, name: str, start: int, length: int
) -> None:
    expected = in_order(name)[start : start + length]
    with open_video(clip(name)) as source:
        stretch = list(source.frames(start, start + length))
    assert [frame.index for frame in stretch] == [frame.index for frame in expected]
    for frame, same in zip(stretch, expected, strict=True):
        np.testing.assert_array_equal(frame.image, same.image)


@pytest.mark.parametrize("name", [*CLIPS, *BROKEN])
def test_the_preview_is_the_first_frame(clip: GivePath, in_order: InOrder, name: str) -> None:
    np.testing.assert_array_equal(preview(clip(name)).image, in_order(name)[0].image)


@pytest.mark.parametrize("name", BROKEN)
def test_only_frames_that_decode_are_counted(in_order: InOrder, name: str) -> None:
    frames = in_order(name)
    assert len(frames) >= 30
    assert all(frame.intact for frame in frames)
    numbers = [number_in(frame.image) for frame in frames]
    assert numbers == sorted(numbers)
    assert numbers[-1] == 47


def test_two_walks_through_one_recording_do_not_disturb_each_other(
    clip: GivePath, in_order: InOrder
) -> None:
    with open_video(clip("h264 open groups")) as source:
        for frame, same in zip(source.frames(), source.frames(), strict=True):
            assert number_in(source.read(47 - frame.index).image) == 47 - frame.index
            np.testing.assert_array_equal(frame.image, same.image)


def test_many_threads_may_use_one_recording(clip: GivePath, in_order: InOrder) -> None:
    expected = in_order("h264 open groups")

    def use(seed: int) -> bool:
        order = np.random.default_rng(seed).permutation(48)
        read = (source.read(int(index)) for index in order)
        frames = source.frames(seed) if seed % 2 else read
        return all(np.array_equal(f.image, expected[f.index].image) for f in frames)

    with open_video(clip("h264 open groups")) as source, ThreadPoolExecutor(6) as threads:
        assert all(threads.map(use, range(12)))


@pytest.mark.parametrize("index", [-1, 48, 1000])
def test_a_frame_that_is_not_there_is_an_index_error(clip: GivePath, index: int) -> None:
    with open_video(clip("h264 mp4")) as source, pytest.raises(IndexError):
        source.read(index)


def test_opening_tells_how_far_it_is_and_can_be_called_off(clip: GivePath) -> None:
    told: list[Progress] = []

    def listen(progress: Progress) -> None:
        told.append(progress)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_video(clip("h264 avi reordered"), listen)
    assert told


def test_a_recording_that_vanishes_is_bad_video_and_may_come_back(
    clip: GivePath, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(clip("h264 mp4").read_bytes())
    with open_video(path) as source:
        path.rename(tmp_path / "away.mp4")
        with pytest.raises(BadVideo, match="does not exist"):
            next(source.frames())
        (tmp_path / "away.mp4").rename(path)
        assert [number_in(source.read(index).image) for index in (0, 40, 20)] == [0, 40, 20]
